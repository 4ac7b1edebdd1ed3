//! Home pages: addresses by which the same person is known on another channel.

use std::collections::BTreeSet;

use crible::Message;
use crible_sdk::links::{Link, addresses, is_home_page};

use crate::report::authors::account::{Account, Home};
use crate::report::authors::names::{Folded, Folder};

/// The attributes of a message that name its author's home page.
const DECLARED: &[&str] = &["author_url", "author_home", "blog", "home", "home_page", "homepage", "website"];
/// Bytes of an address.
const LONGEST: usize = 100;
/// Pages of one message that are looked at.
const EACH: usize = 8;

/// The home pages that a message gives, in their canonical form, and whether it says that they are its
/// author's.
pub(crate) fn given(message: &Message) -> Vec<(String, bool)> {
    let declared =
        DECLARED.iter().filter_map(|name| message.attrs.get(*name)).map(|address| (address.as_str(), true));
    let links = message.links.iter().map(String::as_str).chain(addresses(&message.text));
    let given = declared.chain(links.map(|address| (address, false))).take(EACH);
    let mut seen = BTreeSet::new();
    let mut homes: Vec<(String, bool)> =
        given.filter_map(|(address, declared)| Some((home(address, declared)?, declared))).collect();
    homes.retain(|(address, _)| seen.insert(address.clone()));
    homes
}

/// The canonical form of an address that may be someone's: a whole site, or a page `/~zoe` or `/@zoe` of one.
fn home(address: &str, declared: bool) -> Option<String> {
    if address.len() > LONGEST || address.contains(char::is_whitespace) {
        return None;
    }
    // What is declared may be written without `https://`.
    let link = if declared { Link::read(address) } else { Link::of_web(address)? };
    let mut canonical = Vec::new();
    link.write_canonical(&mut canonical);
    let (host, page) = match canonical.iter().position(|&byte| byte == b'/') {
        Some(slash) => canonical.split_at(slash),
        None => (&canonical[..], &[][..]),
    };
    let own = page.is_empty()
        || matches!(page, [_, b'~' | b'@', name @ ..] if !name.is_empty() && is_home_page(name));
    (own && is_home_page(host) && host.contains(&b'.'))
        .then(|| String::from_utf8_lossy(&canonical).into_owned())
}

/// How sure it is that a page is an account's home.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sure {
    /// Half of its messages link to it, as one who signs with it does, and one who admires it.
    Perhaps,
    /// It says so, or the page bears its name and is linked to again.
    Surely,
}

/// Whether a page is an account's home; `named`: whether it bears the account's name.
pub(crate) fn is_home(home: &Home, account: &Account, named: bool) -> Option<Sure> {
    if home.declared || named && home.messages >= 2 {
        return Some(Sure::Surely);
    }
    (home.messages >= 3 && home.messages * 2 >= account.written).then_some(Sure::Perhaps)
}

/// Whether a page bears the name or the handle of an account: `zoe-martin.fr`, `exemple.fr/~zoe`.
pub(crate) fn bears_name(address: &str, of: &Folded, folder: &mut Folder) -> bool {
    let (host, page) = address.split_once('/').unwrap_or((address, ""));
    // `fr` of `exemple.fr` names nobody.
    let host = host.rsplit_once('.').map_or(host, |(host, _)| host);
    let words: Vec<String> = folder.words(&format!("{host} {page}"));
    let (whole, name) = (words.concat(), of.name.concat());
    let is_word = |text: &str| text.chars().count() >= 3 && words.iter().any(|word| word == text);
    let is_part = |text: &str| text.chars().count() >= 5 && whole.contains(text);
    !of.is_nobody() && [of.local.as_str(), &name].into_iter().any(|text| is_word(text) || is_part(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_and_a_personal_page_are_homes_and_articles_are_not() {
        for (address, expected) in [
            ("https://www.Zoe-Martin.fr/?utm_source=bio", Some("zoe-martin.fr")),
            ("http://exemple.fr/~zoe/", Some("exemple.fr/~zoe")),
            ("https://piaille.fr/@zoe", Some("piaille.fr/@zoe")),
            ("https://piaille.fr/@zoe/1234", None),
            ("https://piaille.fr/@", None),
            ("https://journal.fr/article", None),
            ("https://journal.fr/?article=2", None),
            ("https://localhost", None),
            ("zoe-martin.fr", None),
            ("mailto:zoe@exemple.fr", None),
        ] {
            assert_eq!(home(address, false).as_deref(), expected, "{address}");
        }
        assert_eq!(home("zoe-martin.fr", true).as_deref(), Some("zoe-martin.fr"));
        assert_eq!(home("on request", true), None);
        assert_eq!(home("", true), None);
    }

    #[test]
    fn a_message_gives_its_homes_once_those_that_are_declared_first() {
        let message = Message {
            text: "Mon pain : https://fournil.example, et https://zoe.example/".into(),
            links: vec!["https://fournil.example/".into(), "https://journal.fr/a".into()],
            attrs: [("website".to_owned(), "zoe.example".to_owned())].into(),
            ..Message::default()
        };
        let expected = [("zoe.example".to_owned(), true), ("fournil.example".to_owned(), false)];
        assert_eq!(given(&message), expected);
    }

    #[test]
    fn a_page_that_bears_a_name_is_known() {
        let mut folder = Folder::default();
        for (address, handle, name, expected) in [
            ("zoe-martin.fr", "zm", "Zoé Martin", true),
            ("zoe.example", "zoé", "", true),
            ("exemple.fr/~zoe", "zoe", "", true),
            ("blog.zoemartin.fr", "zoemartin", "", true),
            ("mozoella.fr", "zoe", "", false),
            ("archlinux.org", "zoe", "Zoé Martin", false),
            ("exemple.fr", "fr", "", false),
            ("admin.example", "admin", "", false),
        ] {
            let of = folder.fold(handle, name);
            assert_eq!(bears_name(address, &of, &mut folder), expected, "{address} {handle} {name}");
        }
    }

    #[test]
    fn a_link_is_a_home_where_it_is_repeated() {
        let account = Account { written: 8, ..Account::default() };
        let linked = |messages| Home { address: "a.example".into(), declared: false, messages };
        assert_eq!(is_home(&linked(1), &account, true), None);
        assert_eq!(is_home(&linked(2), &account, true), Some(Sure::Surely));
        assert_eq!(is_home(&linked(3), &account, false), None);
        assert_eq!(is_home(&linked(4), &account, false), Some(Sure::Perhaps));
        assert_eq!(is_home(&Home { declared: true, ..linked(1) }, &account, false), Some(Sure::Surely));
    }
}
