//! Addresses within a text.

/// Where the first `http` or `https` address of a text begins and ends, in bytes. It reaches to the next space,
/// angle bracket or quotation mark; the sentence's signs behind it are not part of it, nor is a bracket that
/// it does not open itself.
///
/// ```
/// let text = "À lire (https://journal.fr/été), puis…";
/// let (start, end) = crible_sdk::links::find(text).unwrap();
/// assert_eq!(&text[start..end], "https://journal.fr/été");
/// ```
pub fn find(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    // By its colon, so that the characters of the text are not looked at one by one.
    memchr::memchr_iter(b':', bytes).filter(|&colon| bytes[colon..].starts_with(b"://")).find_map(|colon| {
        let start = ["https", "http"].into_iter().find_map(|scheme| {
            let start = colon.checked_sub(scheme.len())?;
            bytes[start..colon].eq_ignore_ascii_case(scheme.as_bytes()).then_some(start)
        })?;
        Some((start, start + end_of(&text[start..])))
    })
}

/// The addresses of a text, in order.
pub fn addresses(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (start, end) = find(rest)?;
        let address = &rest[start..end];
        rest = &rest[end..];
        Some(address)
    })
}

/// Whether a text breaks off within an address or right behind it: what was cut may have been a part of the address, and
/// so its page is not known.
///
/// ```
/// use crible_sdk::links::breaks_off_in;
///
/// assert!(breaks_off_in("RT @zoe: à lire http://t.co/g ...", "http://t.co/g"));
/// assert!(!breaks_off_in("À lire http://t.co/gAbC2e4", "http://t.co/gAbC2e4"));
/// ```
pub fn breaks_off_in(text: &str, address: &str) -> bool {
    let text = text.trim_end();
    (text.ends_with('…') || text.ends_with("..."))
        && text.trim_end_matches(['…', '.', ' ']).ends_with(address.trim_end_matches(['…', '.']))
}

/// Where the address ends that a text begins with, without what the sentence around it put behind it.
fn end_of(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut open, mut closed, mut end) = (0, 0, bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match LOOKED_AT[usize::from(byte)] {
            false => {}
            _ if byte == b'(' => open += 1,
            _ if byte == b')' => closed += 1,
            _ if text[at..].chars().next().is_some_and(ends_address) => {
                end = at;
                break;
            }
            _ => {}
        }
        at += 1;
    }
    let mut address = &text[..end];
    while let Some(&last) = address.as_bytes().last() {
        match last {
            b')' if closed <= open => break,
            b')' => closed -= 1,
            b'(' => open -= 1,
            b'.' | b',' | b';' | b':' | b'!' | b'?' | b']' | b'}' | b'\'' => {}
            0x80.. => match address.strip_suffix(['’', '…']) {
                Some(shorter) => {
                    address = shorter;
                    continue;
                }
                None => break,
            },
            _ => break,
        }
        address = &address[..address.len() - 1];
    }
    address.len()
}

/// Brackets, and the first bytes of what ends an address.
static LOOKED_AT: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = matches!(byte as u8, 0..=b' ' | b'"' | b'<' | b'>' | b'(' | b')' | 0xC2 | 0xE1..=0xE3);
        byte += 1;
    }
    table
};

fn ends_address(sign: char) -> bool {
    sign.is_whitespace() || matches!(sign, '<' | '>' | '"' | '«' | '»' | '“' | '”')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same, slowly: a character at a time.
    fn end_found_slowly(text: &str) -> usize {
        let address = text.split(ends_address).next().unwrap_or_default();
        let count = |sign| address.chars().filter(|&c| c == sign).count();
        let (mut open, mut closed) = (count('('), count(')'));
        let of_sentence = |c| match c {
            ')' if closed <= open => false,
            ')' => {
                closed -= 1;
                true
            }
            '(' => {
                open -= 1;
                true
            }
            _ => matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ']' | '}' | '\'' | '’' | '…'),
        };
        address.trim_end_matches(of_sentence).len()
    }

    proptest! {
        #[test]
        fn an_address_ends_where_it_ends_read_slowly(text in "([a-z/]{0,20}|[().,!…’é日]{0,3}|[ «»“\u{a0}\u{2028}]?){0,6}") {
            prop_assert_eq!(end_of(&text), end_found_slowly(&text));
        }
    }

    #[test]
    fn an_address_is_found_without_the_sentence_around_it() {
        let found = |text: &'static str| addresses(text).collect::<Vec<_>>();
        assert_eq!(found("lire (HTTPS://a.fr/é), puis"), ["HTTPS://a.fr/é"]);
        assert_eq!(found("«http://a.fr/b»… et http://a.fr/c."), ["http://a.fr/b", "http://a.fr/c"]);
        assert_eq!(found("à: ftp://a.fr é://x"), [""; 0]);
        assert_eq!(found("xhttp://a"), ["http://a"]);
        assert_eq!(found("http://"), ["http://"]);
        assert_eq!(
            found("(https://fr.wikipedia.org/wiki/Rust_(langage))."),
            ["https://fr.wikipedia.org/wiki/Rust_(langage)"]
        );
        assert_eq!(found("http://a/))))((("), ["http://a/"]);
    }
}
