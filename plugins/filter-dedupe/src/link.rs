//! Addresses in canonical form, so that the same story is the same link.

/// Parameters that say where a reader comes from, not what there is to read.
const TRACKERS: &[&str] = &[
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "cmpid",
    "dclid",
    "fbclid",
    "gbraid",
    "gclid",
    "gclsrc",
    "igsh",
    "igshid",
    "li_fat_id",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "msclkid",
    "ref",
    "ref_src",
    "ref_url",
    "ttclid",
    "twclid",
    "wbraid",
    "xtor",
    "yclid",
];

/// Whole families of them: Google's and Piano's campaigns.
const TRACKER_FAMILIES: &[&str] = &["utm_", "at_"];

/// Append an address in canonical form: without scheme, `www.`, usual port, fragment, trackers and
/// trailing slashes; the host in small letters, the parameters in order.
pub(crate) fn write_canonical(address: &str, out: &mut Vec<u8>) {
    let address = without_scheme(address.trim());
    let address = address.split_once('#').map_or(address, |(address, _)| address);
    let host_end = address.find(['/', '?']).unwrap_or(address.len());
    let (host, rest) = address.split_at(host_end);
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    out.extend(bare_host(host).bytes().map(|byte| byte.to_ascii_lowercase()));
    out.extend_from_slice(path.trim_end_matches('/').as_bytes());
    write_query(query, out);
}

/// Whether a canonical address names a site and nothing on it. Many link to a site without telling the
/// same story, so this is not compared.
pub(crate) fn is_home_page(canonical: &[u8]) -> bool {
    !canonical.iter().any(|byte| matches!(byte, b'/' | b'?'))
}

fn without_scheme(address: &str) -> &str {
    for scheme in ["https://", "http://", "//"] {
        if let Some((start, rest)) = address.split_at_checked(scheme.len())
            && start.eq_ignore_ascii_case(scheme)
        {
            return rest;
        }
    }
    address
}

/// A host without `www.` and without the port that it would have anyway.
fn bare_host(host: &str) -> &str {
    let host = host.strip_suffix(":443").or_else(|| host.strip_suffix(":80")).unwrap_or(host);
    match host.split_at_checked(4) {
        Some((www, rest)) if www.eq_ignore_ascii_case("www.") => rest,
        _ => host,
    }
}

fn write_query(query: &str, out: &mut Vec<u8>) {
    if query.is_empty() {
        return;
    }
    let kept = |parameter: &&str| !parameter.is_empty() && !is_tracker(parameter);
    let mut parameters: Vec<&str> = query.split('&').filter(kept).collect();
    parameters.sort_unstable();
    let mut mark = b'?';
    for parameter in parameters {
        out.push(mark);
        out.extend_from_slice(parameter.as_bytes());
        mark = b'&';
    }
}

fn is_tracker(parameter: &str) -> bool {
    let name = parameter.split_once('=').map_or(parameter, |(name, _)| name);
    let starts = |family: &&str| {
        name.split_at_checked(family.len()).is_some_and(|(start, _)| start.eq_ignore_ascii_case(family))
    };
    TRACKERS.iter().any(|tracker| name.eq_ignore_ascii_case(tracker)) || TRACKER_FAMILIES.iter().any(starts)
}

/// Finds an address in a text, so that the characters of the text are not looked at one by one.
pub(crate) fn find(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b':', bytes).filter(|&colon| bytes[colon..].starts_with(b"://")).find_map(|colon| {
        let start = ["https", "http"].into_iter().find_map(|scheme| {
            let start = colon.checked_sub(scheme.len())?;
            bytes[start..colon].eq_ignore_ascii_case(scheme.as_bytes()).then_some(start)
        })?;
        let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '«' | '»' | '“' | '”');
        let address = text[start..].split(ends).next().unwrap_or_default();
        // A sentence goes on behind the address, or stands in brackets around it.
        let address = address.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '}', '\'', '’', '…']);
        Some((start, start + address.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canonical(address: &str) -> String {
        let mut out = Vec::new();
        write_canonical(address, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn ways_to_write_one_address_are_one() {
        for (address, expected) in [
            ("https://www.Example.org/a/?utm_source=x#top", "example.org/a"),
            ("HTTP://example.org:80/a", "example.org/a"),
            ("//example.org/A?b=2&a=1&fbclid=z", "example.org/A?a=1&b=2"),
            ("https://journal.fr/été?xtor=RSS-1&UTM_Medium=m&at_campaign=c&&id=7", "journal.fr/été?id=7"),
            ("https://example.org/?ref=home", "example.org"),
            ("  example.org/a  ", "example.org/a"),
            ("", ""),
        ] {
            assert_eq!(canonical(address), expected);
        }
    }

    #[test]
    fn what_names_another_page_is_another_address() {
        assert_ne!(canonical("https://a.org/watch?v=abc"), canonical("https://a.org/watch?v=abC"));
        assert_ne!(canonical("https://a.org/x?reference=1"), canonical("https://a.org/x"));
    }

    #[test]
    fn a_site_alone_is_its_home_page() {
        assert!(is_home_page(b"example.org") && is_home_page(b""));
        assert!(!is_home_page(b"example.org/a") && !is_home_page(b"example.org?p=1"));
    }

    #[test]
    fn an_address_is_found_without_the_sentence_around_it() {
        let found = |text| find(text).map(|(start, end): (usize, usize)| &text[start..end]);
        assert_eq!(found("lire (HTTPS://a.fr/é), puis"), Some("HTTPS://a.fr/é"));
        assert_eq!(found("«http://a.fr/b»…"), Some("http://a.fr/b"));
        assert_eq!(found("à: ftp://a.fr é://x"), None);
        assert_eq!(found("xhttp://a"), Some("http://a"));
        assert_eq!(found("http://"), Some("http://"));
    }
}
