//! The names of a message's columns.

macro_rules! fields {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident => $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vdoc])* $variant),* }

        impl $name {
            /// All of them, in the order of their declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            /// How many there are.
            pub const COUNT: usize = Self::ALL.len();

            /// The name that it bears in the contract, in configs and in files.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }

            /// The field of that name; `_` and `-` are the same.
            pub fn by_name(name: &str) -> Option<Self> {
                let same = |of: &str| {
                    of.len() == name.len()
                        && of.bytes().zip(name.bytes()).all(|(a, b)| a == b || (a == b'_' && b == b'-'))
                };
                Self::ALL.iter().copied().find(|field| same(field.name()))
            }
        }
    };
}

fields! {
    /// A column with one text a row.
    TextField {
        /// Stable, from the source: what a sink recognises a message by.
        Id => "id",
        /// Where it was written: a forum, a feed, a list.
        Channel => "channel",
        /// The author's stable handle.
        Author => "author",
        /// The author's name for people.
        AuthorName => "author_name",
        /// A headline, where there is one.
        Title => "title",
        /// What was written, as plain text.
        Text => "text",
        /// The language, BCP 47.
        Lang => "lang",
        /// Where it can be read.
        Url => "url",
        /// The id of the message that this one answers.
        ReplyTo => "reply_to",
        /// The id of the message that this one repeats.
        RepostOf => "repost_of",
    }
}

fields! {
    /// A column with one number a row; 0 where it is not known.
    NumberField {
        /// When it was written, in ms since 1970.
        CreatedAt => "created_at",
        /// How many follow the author.
        Followers => "followers",
        /// How many liked it.
        Likes => "likes",
        /// How many repeated it.
        Reposts => "reposts",
        /// How many answered it.
        Replies => "replies",
    }
}

fields! {
    /// A column with a list of texts a row.
    ListField {
        /// The addresses that it links to.
        Links => "links",
        /// Its tags, without `#`.
        Tags => "tags",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_found_by_its_name_in_both_spellings() {
        for &field in TextField::ALL {
            assert_eq!(TextField::by_name(field.name()), Some(field));
            assert_eq!(TextField::by_name(&field.name().replace('_', "-")), Some(field));
        }
        assert_eq!(NumberField::by_name("created-at"), Some(NumberField::CreatedAt));
        assert_eq!(NumberField::by_name("created"), None);
        assert_eq!(ListField::by_name("links"), Some(ListField::Links));
    }
}
