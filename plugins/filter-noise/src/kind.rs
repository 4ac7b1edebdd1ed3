//! The kinds of noise.

/// A way in which a message says nothing, or says it badly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Greeting,
    Thanks,
    Reaction,
    CheckIn,
    Automated,
    Bait,
    Phrase,
    Bare,
    Shouting,
    Stretched,
}

impl Kind {
    /// Where several weigh the same, the first gives the reason.
    pub(crate) const ALL: [Self; 10] = [
        Self::Automated,
        Self::Bait,
        Self::CheckIn,
        Self::Phrase,
        Self::Greeting,
        Self::Thanks,
        Self::Reaction,
        Self::Bare,
        Self::Shouting,
        Self::Stretched,
    ];

    /// Where more words than this are left, a message is no noise of any kind for what it says.
    pub(crate) const MOST_LEFT: u32 = 8;

    /// The same where no phrase can be found any more that the message begins with.
    pub(crate) const MOST_LEFT_WITHIN: u32 = 4;

    /// As it is written in a config.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Greeting => "greeting",
            Self::Thanks => "thanks",
            Self::Reaction => "reaction",
            Self::CheckIn => "check_in",
            Self::Automated => "automated",
            Self::Bait => "bait",
            Self::Phrase => "phrase",
            Self::Bare => "bare",
            Self::Shouting => "shouting",
            Self::Stretched => "stretched",
        }
    }

    /// As readers are told.
    pub(crate) fn reason(self) -> &'static str {
        match self {
            Self::Greeting => "only a greeting",
            Self::Thanks => "only thanks",
            Self::Reaction => "only a reaction",
            Self::CheckIn => "only says where someone is or how they pass the time",
            Self::Automated => "an automated post",
            Self::Bait => "asks for likes or followers",
            Self::Phrase => "only a phrase of your list",
            Self::Bare => "nothing but hashtags, mentions, links or signs",
            Self::Shouting => "it shouts",
            Self::Stretched => "stretched letters or a row of exclamation or question marks",
        }
    }

    /// What it weighs by default: a message without content passes 1, a bad manner alone does not.
    pub(crate) fn weight(self) -> f32 {
        match self {
            Self::Shouting | Self::Stretched => 0.5,
            _ => 1.5,
        }
    }

    /// Up to how many words may be left beside a phrase of this kind for the message to be noise. A greeting may
    /// name somebody; a video that was liked has a title, where the message begins with the phrase.
    pub(crate) fn words_left(self, at_start: bool) -> u32 {
        match self {
            Self::Greeting | Self::Thanks | Self::CheckIn => 1,
            Self::Automated | Self::Bait if at_start => Self::MOST_LEFT,
            Self::Bait => Self::MOST_LEFT_WITHIN,
            Self::Automated => 2,
            Self::Reaction | Self::Phrase | Self::Bare | Self::Shouting | Self::Stretched => 0,
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Some of the kinds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Kinds(u16);

impl Kinds {
    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(crate) fn has(self, kind: Kind) -> bool {
        self.0 & 1 << kind as u16 != 0
    }

    /// Take a kind in, if it is one.
    pub(crate) fn set(&mut self, kind: Kind, is: bool) {
        self.0 |= u16::from(is) << kind as u16;
    }
}
