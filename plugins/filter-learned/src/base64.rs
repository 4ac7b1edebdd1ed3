//! Bytes as text (RFC 4648, section 4), as a model stands in a stage's config.

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Write bytes as text.
///
/// ```
/// assert_eq!(filter_learned::base64::encode(b"crible"), "Y3JpYmxl");
/// ```
pub fn encode(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let at = |place: usize| u32::from(three.get(place).copied().unwrap_or_default());
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place) & 63) as usize];
            out.push(if place <= three.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

/// Read text as bytes; `None` where it is not what [`encode`] writes.
///
/// ```
/// assert_eq!(filter_learned::base64::decode("Y3JpYmxlIQ=="), Some(b"crible!".to_vec()));
/// assert_eq!(filter_learned::base64::decode("crible!"), None);
/// ```
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let (fours, []) = text.as_bytes().as_chunks::<4>() else { return None };
    let mut out = Vec::with_capacity(fours.len() * 3);
    for (at, four) in fours.iter().enumerate() {
        let last = at + 1 == fours.len();
        let padding =
            if last { four.iter().rev().take(2).take_while(|&&byte| byte == b'=').count() } else { 0 };
        let mut bits = 0;
        for &byte in &four[..4 - padding] {
            bits = bits << 6 | u32::from(value(byte)?);
        }
        bits <<= 6 * padding;
        out.extend_from_slice(&bits.to_be_bytes()[1..4 - padding]);
    }
    Some(out)
}

fn value(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}
