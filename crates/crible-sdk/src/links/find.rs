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
        let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '«' | '»' | '“' | '”');
        let address = text[start..].split(ends).next().unwrap_or_default();
        Some((start, start + without_sentence(address).len()))
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

/// An address without what the sentence around it put behind it.
fn without_sentence(address: &str) -> &str {
    let count = |sign| address.bytes().filter(|&byte| byte == sign).count();
    let mut open = count(b'(');
    let mut closed = count(b')');
    address.trim_end_matches(|c| match c {
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
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
