//! The site that an address is on.

use crible_core::{ListField, Rows, TextField};

/// The site of a message's own address or, where it has none, of the first that it links to; empty where
/// there is neither.
pub fn site_of<'a>(rows: &'a Rows<'_>, row: usize) -> &'a str {
    let url = rows.texts(TextField::Url).get(row);
    if !url.is_empty() {
        return site(url);
    }
    rows.lists(ListField::Links).get(row).next().map_or("", site)
}

/// The host of a web address, without `www.`, user and port; empty where the address has none. The letters
/// are as they are written.
///
/// ```
/// assert_eq!(crible_sdk::site("https://www.journal.fr/été?a#b"), "journal.fr");
/// ```
pub fn site(address: &str) -> &str {
    let address = address.trim();
    let Some((_, rest)) = address.split_once("//") else { return "" };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = match host.find(']') {
        Some(end) => &host[..=end],
        None => host.split_once(':').map_or(host, |(host, _)| host),
    };
    match host.split_at_checked(4) {
        Some((www, rest)) if www.eq_ignore_ascii_case("www.") => rest,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::site;

    #[test]
    fn the_site_is_the_host_without_its_dressing() {
        for (address, expected) in [
            ("https://www.journal.fr/été?a#b", "journal.fr"),
            ("http://zoé:secret@exemple.fr:8080", "exemple.fr"),
            ("//WWW.Example.org?x=//y", "Example.org"),
            ("https://[2001:db8::1]:443/x", "[2001:db8::1]"),
            ("https://été.fr/", "été.fr"),
            ("mailto:zoe@exemple.fr", ""),
            ("exemple.fr/a", ""),
            ("", ""),
        ] {
            assert_eq!(site(address), expected, "{address}");
        }
    }
}
