//! Signs behind a word.

/// A sign that touches the end of a word and can be asked for with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Trail {
    None,
    Plus,
    PlusPlus,
    Sharp,
    Other,
}

impl Trail {
    /// What the signs behind a word are.
    pub(crate) fn of(signs: &[u8]) -> Trail {
        match signs {
            b"" => Trail::None,
            b"+" => Trail::Plus,
            b"++" => Trail::PlusPlus,
            b"#" => Trail::Sharp,
            _ => Trail::Other,
        }
    }

    /// What the signs behind a word ask for, where a query has them.
    pub(crate) fn asked(signs: &[u8]) -> Trail {
        match Trail::of(signs) {
            Trail::Other => Trail::None,
            trail => trail,
        }
    }
}
