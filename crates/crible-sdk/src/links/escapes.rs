//! Escaped characters of paths, in one form.

use crate::blocks::first_of;

/// Append a part of an address: what needs no escape is written plainly (`%7E` as `~`, RFC 3986 section 6.2.2;
/// letters beyond ASCII too, `%C3%A9` as `é`), other escapes in capitals, a backslash as a slash.
pub(super) fn write(part: &str, out: &mut Vec<u8>) {
    if first_of(part.as_bytes(), [[b'%', b'\\']]) == [part.len()] {
        out.extend_from_slice(part.as_bytes());
        return;
    }
    let bytes = part.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let Some(escaped) = escaped(bytes, at) else {
            out.push(if byte == b'\\' { b'/' } else { byte });
            at += 1;
            continue;
        };
        if let Some((letter, taken)) = letter(bytes, at, escaped) {
            out.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
            at += taken;
        } else {
            out.extend(bytes[at..at + 3].iter().map(|byte| byte.to_ascii_uppercase()));
            at += 3;
        }
    }
}

/// The byte that an escape stands for.
fn escaped(bytes: &[u8], at: usize) -> Option<u8> {
    let &[b'%', high, low] = bytes.get(at..at + 3)? else { return None };
    let digit = |digit: u8| char::from(digit).to_digit(16);
    Some((digit(high)? << 4 | digit(low)?) as u8)
}

/// The letter that begins with an escaped byte and needs no escape, and how many bytes its escapes take.
fn letter(bytes: &[u8], at: usize, first: u8) -> Option<(char, usize)> {
    let len = match first {
        b'-' | b'.' | b'_' | b'~' => 1,
        _ if first.is_ascii_alphanumeric() => 1,
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let mut utf8 = [first; 4];
    for (place, byte) in utf8[..len].iter_mut().enumerate().skip(1) {
        *byte = escaped(bytes, at + 3 * place)?;
    }
    let letter = str::from_utf8(&utf8[..len]).ok()?.chars().next()?;
    (letter.is_ascii() || letter.is_alphanumeric()).then_some((letter, 3 * len))
}
