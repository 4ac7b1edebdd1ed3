//! Texts as JSON strings.

/// Append a text as a JSON string.
///
/// ```
/// let mut out = String::new();
/// crible_sdk::json::push_json(&mut out, "l\"été");
/// assert_eq!(out, r#""l\"été""#);
/// ```
pub fn push_json(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    loop {
        let plain = plain_run(rest.as_bytes());
        out.push_str(&rest[..plain]);
        let Some(&byte) = rest.as_bytes().get(plain) else { break };
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            _ => {
                let digit = |of: u8| char::from(b"0123456789abcdef"[usize::from(of & 15)]);
                out.push_str("\\u00");
                out.push(digit(byte >> 4));
                out.push(digit(byte));
            }
        }
        rest = &rest[plain + 1..];
    }
    out.push('"');
}

/// How many bytes of a JSON text or of a text that is to be one stand before the first quote, backslash or
/// control character: eight at a time.
#[inline]
pub fn plain_run(bytes: &[u8]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    // In the results, the lowest byte that is marked is right; higher ones may be marked by a borrow.
    let zero = |word: u64| word.wrapping_sub(ONES) & !word;
    let (words, tail) = bytes.as_chunks::<8>();
    for (at, eight) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*eight);
        let control = word.wrapping_sub(ONES * 0x20) & !word;
        let quote = zero(word ^ (ONES * b'"' as u64));
        let backslash = zero(word ^ (ONES * b'\\' as u64));
        let found = (control | quote | backslash) & HIGHS;
        if found != 0 {
            return at * 8 + found.trailing_zeros() as usize / 8;
        }
    }
    let special = tail.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20));
    bytes.len() - tail.len() + special.unwrap_or(tail.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_text_can_be_read_again(text in any::<String>(), more in "[\"\\\\a\u{0}-\u{1f}é🦀]{0,40}") {
            for text in [text, more] {
                let mut json = String::new();
                push_json(&mut json, &text);
                prop_assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
            }
        }
    }
}
