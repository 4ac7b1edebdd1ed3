//! The AMP and mobile variants of a page, and the viewers that show one.

use crate::blocks::first_of;

/// First labels of hosts that show the same pages for another screen.
const LABELS: &[&str] = &["amp.", "m.", "mobile."];

/// Sites whose mobile hosts are named `fr.m.…`.
const WIKIS: &[&str] = &[
    "wikipedia.org",
    "wiktionary.org",
    "wikibooks.org",
    "wikinews.org",
    "wikiquote.org",
    "wikisource.org",
    "wikiversity.org",
    "wikivoyage.org",
    "wikimedia.org",
];

/// The address of the page that an AMP viewer or cache shows, without a scheme.
pub(super) fn page_in_viewer<'a>(host: &str, path: &'a str) -> Option<&'a str> {
    let starts: &[&str] = if starts_with(host, "google.") {
        &["/amp/s/", "/amp/"]
    } else if ends_with(host, "cdn.ampproject.org") || ends_with(host, "bing-amp.com") {
        &["/c/s/", "/c/", "/v/s/", "/v/"]
    } else {
        return None;
    };
    let page = starts.iter().find_map(|start| path.strip_prefix(start))?;
    let host = page.split('/').next().unwrap_or_default();
    host.contains('.').then_some(page)
}

/// Append a host in small letters, without the labels of its variants. What stays has a dot: `m.me` is a site.
pub(super) fn write_host(host: &str, out: &mut Vec<u8>) {
    let mut host = host;
    while let Some(label) = LABELS.iter().find(|label| starts_with(host, label))
        && host[label.len()..].contains('.')
    {
        host = &host[label.len()..];
    }
    let mobile_wiki = || {
        let [dot] = first_of(host.as_bytes(), [[b'.'; 2]]);
        // Nearly all other hosts are turned away here.
        if !starts_with(&host[dot..], ".m.") {
            return None;
        }
        let site = WIKIS.iter().find(|site| site.eq_ignore_ascii_case(&host[dot + 3..]))?;
        Some((&host[..dot], *site))
    };
    if let Some((language, site)) = mobile_wiki() {
        write_small(language, out);
        out.push(b'.');
        host = site;
    }
    write_small(host, out);
}

fn write_small(host: &str, out: &mut Vec<u8>) {
    if host.is_ascii() {
        out.extend(host.bytes().map(|byte| byte.to_ascii_lowercase()));
    } else {
        let mut utf8 = [0; 4];
        let small = host.chars().flat_map(char::to_lowercase);
        small.for_each(|letter| out.extend_from_slice(letter.encode_utf8(&mut utf8).as_bytes()));
    }
}

/// The path of the page that a path shows, and what stands behind it instead of what was cut off.
pub(super) fn page(path: &str) -> (&str, &'static str) {
    let mut path = without_slashes(path);
    loop {
        let cut = path.strip_suffix("/amp").or_else(|| {
            let behind = path.strip_prefix("/amp/")?;
            // With the slash in front.
            path.get(path.len() - behind.len() - 1..)
        });
        match cut.map(without_slashes) {
            Some(page) if !page.is_empty() => path = page,
            _ => break,
        }
    }
    match path.strip_suffix(".amp.html") {
        Some(page) => (page, ".html"),
        None => (path, ""),
    }
}

fn without_slashes(path: &str) -> &str {
    let mut path = path;
    while let Some(b'/' | b'\\') = path.as_bytes().last() {
        path = &path[..path.len() - 1];
    }
    path
}

fn starts_with(host: &str, start: &str) -> bool {
    host.as_bytes().get(..start.len()).is_some_and(|of| of.eq_ignore_ascii_case(start.as_bytes()))
}

/// Whether a host is a site or one below it.
fn ends_with(host: &str, site: &str) -> bool {
    let bytes = host.as_bytes();
    let Some(before) = bytes.len().checked_sub(site.len()) else { return false };
    bytes[before..].eq_ignore_ascii_case(site.as_bytes()) && (before == 0 || bytes[before - 1] == b'.')
}
