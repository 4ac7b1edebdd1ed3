//! The plugin as its users meet it: a config, messages, verdicts.

use calm::Calm;
use crible_sdk::testing::{check_examples, judge};
use crible_sdk::{FilterPlugin, Message};

fn verdict(config: &str, text: &str) -> &'static str {
    let mut calm = Calm::configure(config, None).unwrap();
    let message = Message { text: text.into(), ..Message::default() };
    judge(&mut calm, &[message], 1)[0].verdict
}

#[test]
fn the_examples_of_the_spec_hold() {
    check_examples::<Calm>();
}

#[test]
fn the_share_and_the_length_can_be_chosen() {
    let text = "GRANDE vente";
    assert_eq!(verdict("{}", text), "keep");
    assert_eq!(verdict(r#"{"most": 0.5}"#, text), "drop");
    assert_eq!(verdict(r#"{"most": 0.5, "letters": 20}"#, text), "keep");
}

#[test]
fn what_has_no_letters_does_not_shout() {
    assert_eq!(verdict(r#"{"most": 0}"#, "🎉 2026 !!!"), "keep");
    assert_eq!(verdict("{}", ""), "keep");
}

#[test]
fn an_option_that_does_not_exist_is_refused() {
    assert!(Calm::configure(r#"{"mots": 0.5}"#, None).is_err());
}
