//! The beginnings of texts.

/// The beginning of a text, of at most so many bytes: what is remembered of a message is bounded.
pub(crate) fn clip(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}
