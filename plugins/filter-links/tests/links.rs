//! What a user relies on, and the laws: batches and restarts change nothing.

#![allow(clippy::unwrap_used)]

use crible_sdk::testing::{Judge, Judged, check_examples, judge};
use crible_sdk::{Batch, Filter, FilterPlugin, Live, Message, Rows, TextField, Verdicts};
use filter_links::Links;
use proptest::prelude::*;

fn links(config: &str) -> Links {
    Links::configure(config, None).unwrap()
}

fn message(author: &str, link: &str, created_at: i64) -> Message {
    Message { author: author.into(), links: vec![link.into()], created_at, ..Message::default() }
}

fn scores(judged: &[Judged]) -> Vec<f32> {
    judged.iter().map(|judged| judged.score).collect()
}

/// The addresses that a filter sets, by row.
fn set_urls(config: &str, urls: &[&str]) -> Vec<(u32, String)> {
    let of = |url: &&str| Message { url: (*url).into(), ..Message::default() };
    let messages: Vec<Message> = urls.iter().map(of).collect();
    let mut batch = Batch::from_messages(&messages);
    batch.stamp(0, vec![0; messages.len()]);
    let live = Live::new(batch);
    let mut out = Verdicts::default();
    out.start(live.len());
    links(config).judge(&Rows::new(&live), &mut out).unwrap();
    assert!(out.sets.iter().all(|(field, ..)| *field == TextField::Url));
    let set = out.sets.iter().flat_map(|(_, values)| values.iter());
    set.map(|(row, url)| (row, url.to_owned())).collect()
}

#[test]
fn the_examples_of_the_spec_hold() {
    check_examples::<Links>();
}

#[test]
fn the_reason_names_the_link_or_the_site() {
    let config = r#"{"trust": ["journal.fr"], "distrust": ["rumeurs.net"], "shared_by": 2}"#;
    let messages = [
        message("zoé", "https://www.journal.fr/été", 0),
        message("max", "https://journal.fr/%C3%A9t%C3%A9", 0),
        message("max", "https://rumeurs.net/1", 0),
        message("zoé", "https://blog.rumeurs.net/1", 0),
        message("ana", "https://rumeurs.net/1", 0),
    ];
    let judged = judge(&mut links(config), &messages, 2);
    let said: Vec<_> = judged.iter().map(|of| (of.reason.as_str(), of.about.as_str())).collect();
    assert_eq!(
        said,
        [
            ("links to a trusted site", "journal.fr"),
            ("shared by many", "journal.fr/été"),
            ("links to a distrusted site", "rumeurs.net"),
            ("links to a distrusted site", "rumeurs.net"),
            ("links to a distrusted site", "rumeurs.net"),
        ]
    );
    assert_eq!(scores(&judged), [1.0, 2.0, -1.0, -1.0, 0.0]);
    assert_eq!(judged[4].labels, ["distrusted", "shared"]);
    assert_eq!(judged[1].labels, ["trusted", "shared"]);
}

#[test]
fn an_author_counts_once_and_within_the_window() {
    let config = r#"{"shared_by": 2, "window": "100ms"}"#;
    let messages = [
        message("a", "https://x.fr/1", 0),
        message("a", "https://x.fr/1", 1),
        message("", "https://x.fr/1", 2),
        message("b", "https://x.fr/1", 100),
        message("c", "https://x.fr/1", 150),
        message("", "https://x.fr/1", 199),
        message("b", "https://x.fr/1", 220),
        message("", "https://x.fr/1", 250),
    ];
    // `a` shared it last at 1, `b` at 100 and again at 220, `c` at 150.
    assert_eq!(scores(&judge(&mut links(config), &messages, 1)), [0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 0.0]);
}

#[test]
fn home_pages_and_addresses_outside_the_web_are_not_counted() {
    for link in ["https://x.fr/", "mailto:zoe@x.fr", "at://did:plc:x/post/1", "x.fr/a"] {
        let messages = ["a", "b", "c", "d"].map(|author| message(author, link, 0));
        assert_eq!(scores(&judge(&mut links("{}"), &messages, 1)), [0.0; 4], "{link}");
    }
}

#[test]
fn an_address_that_was_cut_is_not_counted_and_its_site_is_judged() {
    let config = r#"{"shared_by": 2, "distrust": ["rumeurs.net"]}"#;
    let of =
        |author: &str, text: &str| Message { author: author.into(), text: text.into(), ..Message::default() };
    let messages = [
        of("a", "RT @b: lire https://t.co/ab…"),
        of("b", "RT @c: voir https://t.co/ab…"),
        of("c", "RT @d: https://rumeurs.net/ab…"),
        of("d", "lire https://x.fr/ab."),
        of("e", "« https://x.fr/ab »…"),
    ];
    assert_eq!(scores(&judge(&mut links(config), &messages, 1)), [0.0, 0.0, -1.0, 0.0, 1.0]);
    // Sources list it as it stands in the text, or what is left of it.
    for (url, text) in [("https://rumeurs.net/…", ""), ("https://rumeurs.net/a", "https://rumeurs.net/a ...")]
    {
        let messages = ["a", "b", "c"].map(|author| Message { text: text.into(), ..message(author, url, 0) });
        assert_eq!(scores(&judge(&mut links(config), &messages, 1)), [-1.0; 3], "{url}");
    }
}

#[test]
fn what_is_dropped_is_not_counted() {
    let config = r#"{"distrust": ["rumeurs.net"], "drop_distrusted": true, "shared_by": 2}"#;
    let messages = [
        Message { text: "https://rumeurs.net/1".into(), ..message("a", "https://x.fr/1", 0) },
        message("b", "https://x.fr/1", 0),
        message("c", "https://x.fr/1", 0),
    ];
    let judged = judge(&mut links(config), &messages, 1);
    assert_eq!((judged[0].verdict, judged[0].about.as_str()), ("drop", "rumeurs.net"));
    assert_eq!(scores(&judged), [0.0, 0.0, 1.0]);
}

#[test]
fn nobody_hides_a_site_behind_many_links_or_a_name() {
    let many: String = (0..99).map(|n| format!("https://x.fr/{n} ")).collect();
    let config = r#"{"trust": ["journal.fr"], "distrust": ["rumeurs.net"]}"#;
    let of = |text: &str| Message { text: text.into(), ..Message::default() };
    let messages = [
        of(&format!("{many} https://rumeurs.net/1")),
        of("https://journal.fr@rumeurs.net/1"),
        of("https://rumeurs.net\\@journal.fr/1"),
        of("https://journal.fr.rumeurs.net/1"),
    ];
    assert_eq!(scores(&judge(&mut links(config), &messages, 1)), [-1.0; 4]);
}

#[test]
fn the_share_that_was_made_first_is_forgotten_first() {
    let messages = [("a", 1), ("b", 2), ("a", 1), ("c", 3), ("b", 1), ("b", 2), ("a", 2)]
        .map(|(author, page)| message(author, &format!("https://x.fr/{page}"), 0));
    // `b` shared 2 and had to make room for `c` and 3, as `a` had shared 1 again.
    let judged = judge(&mut links(r#"{"shared_by": 2, "most": 2}"#), &messages, 1);
    assert_eq!(scores(&judged), [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0]);
    let judged = judge(&mut links(r#"{"shared_by": 2, "most": 9}"#), &messages, 1);
    assert_eq!(scores(&judged), [0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0]);
}

#[test]
fn the_address_is_set_where_that_changes_it() {
    let urls =
        ["http://M.Journal.fr/a/?utm_source=x#bas", "https://journal.fr/a", "", "at://did:plc:x/1", "//x.fr"];
    let expected = [(0, "https://journal.fr/a".to_owned()), (4, "https://x.fr".to_owned())];
    assert_eq!(set_urls(r#"{"set_url": true}"#, &urls), expected);
    assert_eq!(set_urls("{}", &urls), []);
}

#[test]
fn a_config_that_cannot_be_meant_is_refused() {
    for (config, place) in [
        (r#"{"trust": ["journal.fr", "journal.fr/sport"]}"#, "/trust/1"),
        (r#"{"distrust": [""]}"#, "/distrust/0"),
        (r#"{"trust": ["journal.fr"], "distrust": ["https://www.Journal.fr/"]}"#, "/distrust/0"),
        (r#"{"weight": 1e300}"#, "/weight"),
        (r#"{"shared_by": 1}"#, "/shared_by"),
        (r#"{"most": 0}"#, "/most"),
        (r#"{"window": "soon"}"#, "/window"),
    ] {
        let error = Links::configure(config, None).err().unwrap();
        assert_eq!(error.pointer, place);
        assert!(error.hint.is_some(), "{error}");
    }
    assert!(Links::configure(r#"{"trusts": []}"#, None).is_err());
}

#[test]
fn a_snapshot_that_cannot_be_read_is_refused_in_plain_words() {
    let mut filter = links("{}");
    judge(&mut filter, &[message("a", "https://x.fr/1", 5), message("b", "https://x.fr/1", 400)], 1);
    let good = filter.snapshot().unwrap();
    assert!(Links::configure("{}", Some(&good)).is_ok());
    let longer = [&good[..], &[0]].concat();
    let newer = [&[9], &good[1..]].concat();
    let cut = (0..good.len()).map(|len| good[..len].to_vec());
    for bad in cut.chain([longer, newer]) {
        let error = Links::configure("{}", Some(&bad)).err().unwrap();
        assert!(error.message.contains("cannot be read") && error.hint.is_some());
    }
}

/// A few authors and links, so that many share one.
fn messages() -> impl Strategy<Value = Vec<Message>> {
    let author = prop::sample::select(vec!["", "a", "b", "c", "é"]);
    let link = prop::sample::select(vec![
        "",
        "https://x.fr/1",
        "http://www.x.fr/2/",
        "https://y.fr/1",
        "https://x.fr",
    ]);
    let one = (author, link, 0..30i64);
    prop::collection::vec(one, 0..80).prop_map(|all| {
        let mut clock = 0;
        all.into_iter()
            .map(|(author, link, step)| {
                clock += step;
                message(author, link, clock)
            })
            .collect()
    })
}

/// The same by looking through everything that was shared.
fn slow(messages: &[Message], shared_by: usize, window: i64) -> Vec<f32> {
    let page = |message: &Message| {
        let link = message.links[0].replace("https://", "").replace("http://www.", "");
        let page = link.trim_end_matches('/').to_owned();
        Some(page).filter(|page| page.contains('/'))
    };
    let judge = |row: usize| {
        let mut authors: Vec<&str> = messages[..=row]
            .iter()
            .filter(|of| messages[row].created_at - of.created_at < window)
            .filter(|of| page(of).is_some() && page(of) == page(&messages[row]))
            .map(|of| of.author.as_str())
            .filter(|author| !author.is_empty())
            .collect();
        authors.sort_unstable();
        authors.dedup();
        let growth = 1.0 + (authors.len() as f64 / shared_by as f64).log2();
        if authors.len() < shared_by { 0.0 } else { ((growth * 1000.0).round() / 1000.0) as f32 }
    };
    (0..messages.len()).map(judge).collect()
}

proptest! {
    #[test]
    fn it_agrees_with_looking_through_everything(
        messages in messages(), window in 1..300i64, shared_by in 2..5usize, batch in 1..9usize,
    ) {
        let config = format!(r#"{{"window": "{window}ms", "shared_by": {shared_by}}}"#);
        prop_assert_eq!(scores(&judge(&mut links(&config), &messages, batch)), slow(&messages, shared_by, window));
    }

    #[test]
    fn batches_and_restarts_change_nothing(
        messages in messages(), most in 1..8u32, batch in 1..9usize,
        restarts in prop::collection::vec(any::<bool>(), 80),
    ) {
        let config = format!(r#"{{"window": "100ms", "shared_by": 2, "most": {most}, "trust": ["y.fr"]}}"#);
        let undisturbed = judge(&mut links(&config), &messages, 1);
        let mut filter = links(&config);
        let mut run = Judge::default();
        for (messages, restart) in messages.chunks(batch).zip(restarts) {
            run.batch(&mut filter, messages).unwrap();
            if restart {
                let state = filter.snapshot().unwrap();
                filter = Links::configure(&config, Some(&state)).unwrap();
                prop_assert_eq!(filter.snapshot().unwrap(), state);
            }
        }
        prop_assert_eq!(run.judged, undisturbed);
    }

    #[test]
    fn any_text_can_be_judged(text in any::<String>(), link in "(https?:)?//[a-c./?#@%é\\[\\]:&=]{0,40}") {
        let messages = ["a", "b"].map(|author| Message { text: format!("{text} {link}"), url: link.clone(),
            ..message(author, &link, 0) });
        judge(&mut links(r#"{"trust": ["a.b"], "shared_by": 2, "set_url": true}"#), &messages, 1);
    }
}
