//! Stories that share rare words with a text, and how much these say.

/// How many there can be: a power of two, and as many as a text's words and pairs of words have postings, 96.
const MOST: usize = 128;
/// How many slots they are found in.
const SLOTS: usize = 128;
/// How many stories a message is compared with at most.
pub(crate) const COMPARED: usize = 4;

/// The places of stories, with the weight of what they share.
pub(crate) struct Candidates {
    stories: [u32; MOST],
    /// Zeros behind the last one.
    shared: [u16; MOST],
    count: usize,
    /// Where each of them stands here, counted from 1; 0 where a slot is free.
    slots: [u8; SLOTS],
}

impl Default for Candidates {
    fn default() -> Self {
        Self { stories: [0; MOST], shared: [0; MOST], count: 0, slots: [0; SLOTS] }
    }
}

impl Candidates {
    pub(crate) fn clear(&mut self) {
        if self.count > 0 {
            self.slots = [0; SLOTS];
            self.shared = [0; MOST];
            self.count = 0;
        }
    }

    /// A story shares something of such a weight.
    #[inline]
    pub(crate) fn add(&mut self, story: u32, weight: u16) {
        let mut slot = story as usize % SLOTS;
        while let Some(place) = usize::from(self.slots[slot]).checked_sub(1) {
            if self.stories[place % MOST] == story {
                self.shared[place % MOST] += weight;
                return;
            }
            slot = (slot + 1) % SLOTS;
        }
        if self.count < MOST {
            (self.stories[self.count], self.shared[self.count]) = (story, weight);
            self.count += 1;
            self.slots[slot] = self.count as u8;
        }
    }

    /// Those that share most, at least so much; of equal ones the earlier.
    #[inline(never)]
    pub(crate) fn best<'a>(&self, least: u32, places: &'a mut [usize; COMPARED]) -> &'a [usize] {
        // What they share, and behind it the place, the earlier the greater.
        let mut best = [0u64; COMPARED];
        let (eights, _) = self.shared.as_chunks::<8>();
        for (eight, from) in eights.iter().zip((0..self.count).step_by(8)) {
            // Few of them share enough.
            if u32::from(eight.iter().fold(0, |most, &shared| shared.max(most))) < least {
                continue;
            }
            for (&shared, &story) in eight.iter().zip(&self.stories[from..]) {
                let mut next = u64::from(shared) << 32 | u64::from(!story);
                if u32::from(shared) < least || next < best[COMPARED - 1] {
                    continue;
                }
                for place in &mut best {
                    (*place, next) = (next.max(*place), next.min(*place));
                }
            }
        }
        let count = best.iter().filter(|&&one| one != 0).count();
        *places = best.map(|one| !(one as u32) as usize);
        &places[..count]
    }
}
