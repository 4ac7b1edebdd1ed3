//! The components do in the sandbox what their plugins say of themselves.

use crible_core::Kind;
use crible_host_wasm::{HostOptions, Plugin, StageOptions, WasmHost};
use crible_sdk::testing::judge;

fn loaded() -> Vec<(&'static str, Plugin)> {
    let host = WasmHost::new(HostOptions::default());
    let load = |bundled: &crible_bundle::Bundled| {
        let plugin = host.load(bundled.name, bundled.component);
        let plugin = plugin.unwrap_or_else(|error| panic!("{} {}: {error}", bundled.kind, bundled.name));
        assert_eq!(plugin.kind(), bundled.kind);
        (bundled.name, plugin)
    };
    crible_bundle::bundled().iter().map(load).collect()
}

#[test]
fn each_is_what_the_list_says_and_can_reach_nothing_but_messages_and_files() {
    for (name, plugin) in loaded() {
        assert_eq!(plugin.spec().unwrap().name, name);
        let inspection = plugin.inspect();
        assert!(inspection.wasi.is_empty(), "{name} imports {:?}", inspection.wasi);
        assert_eq!(inspection.streams, plugin.kind() != Kind::Filter, "{name}");
    }
}

#[test]
fn the_examples_of_each_filter_come_out_in_the_sandbox_as_they_say() {
    for (name, plugin) in loaded().into_iter().filter(|(_, plugin)| plugin.kind() == Kind::Filter) {
        for example in plugin.spec().unwrap().examples {
            let config = example.config.to_string();
            let stage = StageOptions::named(name);
            let mut filter = plugin.filter(&stage, &config, None).unwrap();
            let judged = judge(&mut *filter, &example.messages, 1);
            assert_eq!(judged.len(), example.verdicts.len(), "{name}: {}", example.about);
            for (judged, expected) in judged.iter().zip(&example.verdicts) {
                let said = (judged.verdict, judged.score);
                assert_eq!(said, (expected.verdict.as_str(), expected.score), "{name}: {}", example.about);
                let because = expected.reason.as_ref();
                assert!(because.is_none_or(|reason| *reason == judged.reason), "{name}: {}", example.about);
            }
        }
    }
}

/// The plugins linked in and the components give the same answers to the same messages.
#[cfg(feature = "linked")]
#[test]
fn a_plugin_judges_alike_in_the_sandbox_and_linked_in() {
    use crible_core::Make;
    for ((kind, name, linked), (_, plugin)) in crible_bundle::linked().into_iter().zip(loaded()) {
        let Make::Filter(make) = linked.make else { continue };
        assert_eq!(kind, Kind::Filter);
        for example in plugin.spec().unwrap().examples {
            let config = example.config.to_string();
            let mut inside = plugin.filter(&StageOptions::named(name), &config, None).unwrap();
            let mut outside = make(&config, None).unwrap();
            let messages: Vec<_> = example.messages.iter().cloned().chain(odd_messages()).collect();
            assert_eq!(judge(&mut *inside, &messages, 256), judge(&mut *outside, &messages, 256), "{name}");
            assert_eq!(inside.snapshot(), outside.snapshot(), "{name}");
        }
    }
}

/// Texts of many scripts, in which each part stands at many places: what reads many bytes at once in a component
/// must find in them what is found a byte at a time where it is linked in.
#[cfg(feature = "linked")]
fn odd_messages() -> impl Iterator<Item = crible_core::Message> {
    let parts = [
        "L’été à la plage, ",
        "œuvre d’art… ",
        "ŁÓDŹ ",
        "ПРИВЕТ, мир ",
        "東京都 ",
        "🦀👍🏽 ",
        "e\u{301}te\u{301} ",
        "«oui» 12 345 € ",
        "Straße × ÿ ",
        "https://www.site.fr/a?utm_source=x ",
        "RT @zoé: ",
        "the quick brown fox ",
    ];
    (0..500).map(move |number| {
        let of = |place: usize| parts[(number * 7 + place * (number % 5 + 1)) % parts.len()];
        let text = (0..number % 9).map(of).fold("x".repeat(number % 17), |text, part| text + part);
        crible_core::Message { id: number.to_string(), author: "zoé".into(), text, ..Default::default() }
    })
}
