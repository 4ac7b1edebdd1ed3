//! Which features of a message have been seen.

/// So many bits has what is remembered of a feature.
const FEATURE_BITS: u32 = 19;
/// Above the places of letters, so that they are told apart from those of words.
const OF_LETTERS: u32 = 1 << (FEATURE_BITS - 1);

/// Which features of the message have been seen: a small table, which need not be cleared for each message,
/// as what an earlier one put there is as good as free. Where two features of a message meet in a slot the later one
/// takes it, so that there is never anything to look for: the earlier one, should it come once more, counts once more.
pub(crate) struct Seen<const SLOTS: usize> {
    /// Features, with the number of the message above them.
    slots: Box<[u32; SLOTS]>,
    /// The number of the message, above where a feature stands.
    message: u32,
    /// How many slots are used for this message, less one: few for a short one, so that they are in the cache.
    most: u32,
}

impl<const SLOTS: usize> Seen<SLOTS> {
    pub(crate) fn new() -> Self {
        Self { slots: Box::new([0; SLOTS]), message: 0, most: 0 }
    }

    /// A message begins that uses so many slots or a few more: more than it has features.
    pub(crate) fn start(&mut self, slots: usize) {
        self.most = slots.next_power_of_two().min(SLOTS) as u32 - 1;
        self.message = self.message.wrapping_add(1 << FEATURE_BITS);
        if self.message == 0 {
            self.slots.fill(0);
            self.message = 1 << FEATURE_BITS;
        }
    }

    /// The table, to look up many features one after the other.
    #[inline(always)]
    pub(crate) fn open(&mut self) -> Open<'_, SLOTS> {
        Open { slots: &mut self.slots, message: self.message, most: self.most }
    }
}

/// The table while features are looked up: what does not change stands where the processor has it at hand.
pub(crate) struct Open<'s, const SLOTS: usize> {
    slots: &'s mut [u32; SLOTS],
    message: u32,
    most: u32,
}

impl<const SLOTS: usize> Open<'_, SLOTS> {
    /// The place of a feature of words, or 0 where it was seen.
    #[inline(always)]
    pub(crate) fn word(&mut self, place: u32) -> u32 {
        self.unless_seen(place, place)
    }

    /// The place of a feature of letters, or 0 where it was seen.
    #[inline(always)]
    pub(crate) fn letters(&mut self, place: u32) -> u32 {
        self.unless_seen(place, place | OF_LETTERS)
    }

    // Without a branch: whether it was seen cannot be predicted.
    #[inline(always)]
    fn unless_seen(&mut self, place: u32, feature: u32) -> u32 {
        let feature = self.message | feature;
        let slot = &mut self.slots[(place & self.most) as usize % SLOTS];
        if std::mem::replace(slot, feature) == feature { 0 } else { place }
    }
}
