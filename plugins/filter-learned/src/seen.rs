//! Which features of a message have been seen.

/// So many bits has the number of a feature.
const FEATURE_BITS: u32 = 18;

/// Which features of the message have been seen: a small table, which need not be cleared for each message,
/// as what an earlier one put there is as good as free.
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

    /// Whether a feature was not seen yet; now it is.
    #[inline]
    pub(crate) fn is_new(&mut self, feature: u32) -> bool {
        let feature = self.message | feature;
        let slot = &mut self.slots[(feature & self.most) as usize % SLOTS];
        let is_free = *slot ^ feature >= 1 << FEATURE_BITS;
        if is_free {
            *slot = feature;
            return true;
        }
        *slot != feature && self.is_new_behind(feature)
    }

    /// The same where another feature has its slot: it has one behind that.
    #[cold]
    #[inline(never)]
    fn is_new_behind(&mut self, feature: u32) -> bool {
        let mut at = feature;
        loop {
            at = at.wrapping_add(1);
            let slot = &mut self.slots[(at & self.most) as usize % SLOTS];
            if *slot == feature {
                return false;
            }
            if *slot ^ feature >= 1 << FEATURE_BITS {
                *slot = feature;
                return true;
            }
        }
    }
}
