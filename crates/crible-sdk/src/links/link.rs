//! An address in its parts, and its canonical form.

use super::{escapes, query, variants};
use crate::blocks::{eight, first_of};

/// An address in its parts, as they are written.
///
/// Where an AMP viewer or cache shows a page of another site (`google.com/amp/s/…`, `*.cdn.ampproject.org/c/s/…`),
/// the parts are those of that page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Link<'a> {
    host: &'a str,
    path: &'a str,
    query: &'a str,
    fragment: &'a str,
}

impl<'a> Link<'a> {
    /// Take an address apart. Any text has parts; one without a scheme begins with its host.
    pub fn read(address: &'a str) -> Self {
        Self::shown(behind_scheme(address.trim()).unwrap_or(address.trim()))
    }

    /// The same of an address on the web, which begins with `http://`, `https://` or `//`; none of any other.
    pub fn of_web(address: &'a str) -> Option<Self> {
        behind_scheme(address.trim()).map(Self::shown)
    }

    fn shown(address: &'a str) -> Self {
        let link = Self::parts(address);
        match variants::page_in_viewer(link.host, link.path) {
            Some(page) => Self { query: link.query, fragment: link.fragment, ..Self::parts(page) },
            None => link,
        }
    }

    fn parts(address: &'a str) -> Self {
        let bytes = address.as_bytes();
        // Browsers take a backslash for a slash: `https://evil.org\@journal.fr` leads to evil.org.
        let signs = [[b'/', b'\\'], [b'?'; 2], [b'#'; 2], [b'@'; 2]];
        let [slash, question, fragment, at] = first_of(bytes, signs);
        let query = question.min(fragment);
        let path = slash.min(query);
        let mut host = &address[..path];
        if at < path {
            host = host.rsplit_once('@').map_or(host, |(_user, host)| host);
        }
        Self {
            host: bare_host(host),
            path: &address[path..query],
            query: address.get(query + 1..fragment).unwrap_or_default(),
            fragment: address.get(fragment + 1..).unwrap_or_default(),
        }
    }

    /// The host, without `www.`, user and port, in the letters in which it is written.
    ///
    /// ```
    /// use crible_sdk::links::Link;
    ///
    /// assert_eq!(Link::read("https://www.google.com/amp/s/m.journal.fr/a").site(), "m.journal.fr");
    /// assert_eq!(Link::of_web("mailto:zoe@journal.fr"), None);
    /// ```
    pub fn site(self) -> &'a str {
        let [bracket, colon] = first_of(self.host.as_bytes(), [[b']'; 2], [b':'; 2]]);
        // The colons in front of a bracket are of the host itself.
        self.host.get(..=bracket).unwrap_or(&self.host[..colon])
    }

    /// Append the canonical form, which is UTF-8: without scheme, user, `www.`, usual port, trackers and
    /// trailing slashes, the host in small letters, the parameters in order, and the AMP or mobile variant of
    /// a page as the page. A fragment stays where it names a page (`#!…`, `#/…`).
    ///
    /// ```
    /// let mut out = Vec::new();
    /// crible_sdk::links::Link::read("http://m.journal.fr/été/amp/?utm_source=x#top").write_canonical(&mut out);
    /// assert_eq!(out, "journal.fr/été".as_bytes());
    /// ```
    pub fn write_canonical(self, out: &mut Vec<u8>) {
        let start = out.len();
        variants::write_host(self.host, out);
        let trackers = query::trackers_of(&out[start..]);
        let (path, ending) = variants::page(self.path);
        escapes::write(path, out);
        out.extend_from_slice(ending.as_bytes());
        query::write(self.query, trackers, out);
        if let [b'!' | b'/', _, ..] = self.fragment.as_bytes() {
            out.push(b'#');
            escapes::write(self.fragment, out);
        }
    }
}

/// Whether a canonical address names a page. A site alone does not: many link to it without telling the same story. Nor
/// does what a service has cut (`t.co/a…`): many pages begin like this.
pub fn names_page(canonical: &[u8]) -> bool {
    const CUT: [&str; 3] = ["…", "%E2%80%A6", "..."];
    !is_home_page(canonical) && !CUT.iter().any(|end| canonical.ends_with(end.as_bytes()))
}

/// Whether a canonical address names a site and nothing on it.
pub fn is_home_page(canonical: &[u8]) -> bool {
    first_of(canonical, [[b'/', b'?'], [b'#'; 2]]) == [canonical.len(); 2]
}

/// An address without its scheme, which people also write twice; none where it has none.
fn behind_scheme(address: &str) -> Option<&str> {
    let mut rest = &address[scheme(address)?..];
    while let Some(len) = scheme(rest) {
        rest = &rest[len..];
    }
    Some(rest)
}

/// How many bytes the scheme of a web address has; none where an address has no such scheme.
fn scheme(address: &str) -> Option<usize> {
    let start = eight(address.as_bytes(), 0);
    let small = start | 0x20_2020_2020;
    if small == u64::from_le_bytes(*b"https://") {
        Some(8)
    } else if (start | 0x2020_2020) << 8 == u64::from_le_bytes(*b"\0http://") {
        Some(7)
    } else {
        (start as u16 == u16::from_le_bytes(*b"//")).then_some(2)
    }
}

/// A host without `www.`, dots at its end and the port that it would have anyway.
fn bare_host(host: &str) -> &str {
    let host = host.strip_suffix(":443").or_else(|| host.strip_suffix(":80")).unwrap_or(host);
    let mut host = host;
    while host.as_bytes().last() == Some(&b'.') {
        host = &host[..host.len() - 1];
    }
    match host.split_at_checked(4) {
        Some((www, rest)) if www.eq_ignore_ascii_case("www.") => rest,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn canonical(address: &str) -> String {
        let mut out = Vec::new();
        Link::read(address).write_canonical(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn ways_to_write_one_address_are_one() {
        for (address, expected) in [
            ("https://www.Example.org/a/?utm_source=x#top", "example.org/a"),
            ("HTTP://example.org:80/a", "example.org/a"),
            ("https://zoé:secret@example.org.:443/a", "example.org/a"),
            ("//example.org/A?b=2&a=1&fbclid=z", "example.org/A?a=1&b=2"),
            ("https://journal.fr/été?xtor=RSS-1&UTM_Medium=m&at_campaign=c&&id=7", "journal.fr/été?id=7"),
            ("https://journal.fr/%C3%A9t%c3%a9/%7ezoe", "journal.fr/été/~zoe"),
            ("https://journal.fr/a?id=7&amp;page=2&amp;utm_source=x", "journal.fr/a?id=7&page=2"),
            ("https://example.org/?ref=home", "example.org"),
            ("https://example.org#:~:text=rust", "example.org"),
            ("https://example.org:8080/a", "example.org:8080/a"),
            ("http://https://example.org/a", "example.org/a"),
            ("  example.org/a  ", "example.org/a"),
            ("https://evil.org\\@journal.fr/a", "evil.org/@journal.fr/a"),
            ("", ""),
        ] {
            assert_eq!(canonical(address), expected, "{address}");
        }
    }

    #[test]
    fn the_amp_and_mobile_variants_of_a_page_are_the_page() {
        for (variant, page) in [
            ("https://amp.journal.fr/a", "journal.fr/a"),
            ("https://www.amp.journal.fr/a", "journal.fr/a"),
            ("https://journal.fr/a/amp/", "journal.fr/a"),
            ("https://journal.fr/amp/a", "journal.fr/a"),
            ("https://journal.fr/a.amp.html", "journal.fr/a.html"),
            ("https://journal.fr/a?amp=1&id=7", "journal.fr/a?id=7"),
            ("https://journal.fr/a?amp", "journal.fr/a"),
            ("https://journal.fr/a?outputType=amp", "journal.fr/a"),
            ("https://www.google.fr/amp/s/amp.journal.fr/a?usqp=x", "journal.fr/a"),
            ("https://journal-fr.cdn.ampproject.org/c/s/www.journal.fr/a", "journal.fr/a"),
            ("https://M.journal.fr/a", "journal.fr/a"),
            ("https://mobile.twitter.com/zoe/status/1?s=20", "twitter.com/zoe/status/1"),
            ("https://fr.m.wikipedia.org/wiki/Crible", "fr.wikipedia.org/wiki/Crible"),
        ] {
            assert_eq!(canonical(variant), page, "{variant}");
        }
    }

    #[test]
    fn what_names_another_page_is_another_address() {
        for (one, other) in [
            ("https://a.org/watch?v=abc", "https://a.org/watch?v=abC"),
            ("https://a.org/x?reference=1", "https://a.org/x"),
            ("https://a.org/#!/x", "https://a.org/#!/y"),
            ("https://a.org/app#/x", "https://a.org/app#/y"),
            ("https://amp.dev/x", "https://dev/x"),
            ("https://m.me/zoe", "https://me/zoe"),
            ("https://a.org/amp", "https://a.org/"),
            ("https://a.org/champ", "https://a.org/ch"),
            ("https://a.org/x?amp=guitar", "https://a.org/x"),
            ("https://a.org/x%2Fy", "https://a.org/x/y"),
            ("https://a.org/x?s=20", "https://a.org/x"),
            ("https://google.com/amp/guide", "https://google.com/guide/x"),
        ] {
            assert_ne!(canonical(one), canonical(other), "{one}");
        }
    }

    #[test]
    fn a_site_alone_is_its_home_page() {
        assert!(is_home_page(b"example.org") && is_home_page(b""));
        assert!(!is_home_page(b"example.org/a") && !is_home_page(b"example.org?p=1"));
        assert!(!is_home_page(b"example.org#!a"));
    }

    #[test]
    fn an_address_that_was_cut_names_no_page() {
        for (address, page) in [
            ("https://t.co/ab", true),
            ("https://t.co/ab…", false),
            ("https://t.co/%E2%80%A6", false),
            ("https://t.co/ab...", false),
            ("https://t.co/", false),
            ("https://a.org/…/b", true),
            ("https://a.org/b?utm_source=…", true),
            ("https://a.org/b?id=1…", false),
        ] {
            assert_eq!(names_page(canonical(address).as_bytes()), page, "{address}");
        }
    }

    #[test]
    fn the_site_is_the_host_without_its_dressing() {
        for (address, site) in [
            ("https://www.journal.fr/été?a#b", "journal.fr"),
            ("http://zoé:secret@exemple.fr:8080", "exemple.fr"),
            ("//WWW.Example.org?x=//y", "Example.org"),
            ("https://[2001:db8::1]:443/x", "[2001:db8::1]"),
            ("https://journal.fr@evil.org/", "evil.org"),
            ("https://evil.org\\@journal.fr/", "evil.org"),
            ("https://journal-fr.cdn.ampproject.org/v/s/journal.fr/a", "journal.fr"),
            ("", ""),
        ] {
            assert_eq!(Link::read(address).site(), site, "{address}");
        }
    }

    proptest! {
        #[test]
        fn a_canonical_address_is_its_own(
            www in "(https?://)?(www\\.|m\\.|amp\\.|fr\\.m\\.)?", path in "(/amp|/[a-z]{1,3}|/%C3%A9){0,4}/?",
            query in "(\\?([a-c]=[0-9]&?|utm_x=1&|amp=1&){0,4})?", fragment in "(#!?/?[a-z]{0,2})?",
        ) {
            let once = canonical(&format!("{www}journal.fr{path}{query}{fragment}"));
            prop_assert_eq!(canonical(&once), once);
        }

        #[test]
        fn any_text_has_a_canonical_form(text in any::<String>(), odd in "[/?#&=%.:@a-fm\\[\\]é3C]{0,60}") {
            canonical(&text);
            canonical(&odd);
            let _ = (Link::read(&text).site(), Link::read(&odd).site());
        }
    }
}
