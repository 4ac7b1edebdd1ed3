//! The tables `[[test]]`, as the plan has them.

mod support;

use crible_config::{ExpectedFate, TestPlan};
use support::Plugins;

const STAGES: &str = "[[source]]\nplugin='jsonl'\nconfig.path='x'\n[[filter]]\nid='flood'\nplugin='cap'\n\
    config={ per='author', most=1 }\n[[sink]]\nplugin='console'\n";

#[track_caller]
fn test(table: &str) -> TestPlan {
    let text = format!("{STAGES}[[test]]\nname='été'\n{table}");
    let plan =
        Plugins::new().plan(&text).unwrap_or_else(|wrong| panic!("{}", wrong.render("c.toml", &text, false)));
    plan.tests.into_iter().next().expect("a test")
}

#[track_caller]
fn said(table: &str) -> Vec<String> {
    let text = format!("{STAGES}[[test]]\nname='été'\n{table}");
    let wrong = Plugins::new().plan(&text).expect_err("something is wrong with it");
    wrong.0.into_iter().map(|problem| problem.message).collect()
}

#[test]
fn messages_have_ids_and_dates_of_their_own_where_none_are_written() {
    let test = test(
        "messages=[{ text='a' }, { text='b' }, { text='c', after='1h' }, { id='z', created_at=7 },\n\
         { created_at=2026-03-14T09:12:00+01:00 }, { created_at='2026-03-14 08:12:00' }]\n\
         expect=['kept','kept','kept','kept','kept','kept']",
    );
    let first = 1_767_225_600_000;
    let when: Vec<i64> = test.messages.iter().map(|message| message.created_at).collect();
    let march = 1_773_475_920_000;
    assert_eq!(when, [first, first + 1000, first + 3_601_000, 7, march, march]);
    assert_eq!(far(&["created_at=9223372036854775807", "after='9999999w'"]), [i64::MAX; 2]);
    let ids: Vec<&str> = test.messages.iter().map(|message| message.id.as_str()).collect();
    assert_eq!(ids, ["1", "2", "3", "z", "5", "6"]);
}

/// When messages of these fields were written.
fn far(fields: &[&str]) -> Vec<i64> {
    let messages: Vec<String> = fields.iter().map(|fields| format!("{{ {fields} }}")).collect();
    let expect = vec!["'kept'"; fields.len()].join(",");
    let test = test(&format!("messages=[{}]\nexpect=[{expect}]", messages.join(",")));
    test.messages.iter().map(|message| message.created_at).collect()
}

#[test]
fn expectations_stand_in_order_or_name_their_message() {
    let in_order = test("messages=[{}, {}]\nexpect=['kept', { is='failed', reason='why' }]");
    let fates: Vec<_> = in_order.expected.iter().map(|of| (of.message, of.fate)).collect();
    assert_eq!(fates, [(0, ExpectedFate::Kept), (1, ExpectedFate::Failed)]);
    let named = test(
        "messages=[{}, { id='z' }, {}]\norder=['3', '1']\n\
         expect=[{ id='z', is='dropped', stage='flood', about='zoé', score=2, labels=['a'] }]",
    );
    let [of] = named.expected.as_slice() else { panic!("{:?}", named.expected) };
    assert_eq!((of.message, of.fate, of.stage.as_deref()), (1, ExpectedFate::Dropped, Some("flood")));
    assert_eq!(
        (of.about.as_deref(), of.score, of.labels.as_slice()),
        (Some("zoé"), Some(2.0), &["a".to_owned()][..])
    );
    assert_eq!(named.order, Some(vec![2, 0]));
}

#[test]
fn every_mistake_of_a_test_is_told() {
    for (table, message) in [
        ("messages=[{}, {}]\nexpect=['kept']", "`expect` has 1 entry for 2 messages"),
        ("messages=[{}]\nexpect=[{ id='2', is='kept' }]", "this test has no message `2`"),
        (
            "messages=[{}, {}]\nexpect=[{ id='2', is='kept' }, 'kept']",
            "this entry of `expect` does not say which message it is about",
        ),
        (
            "messages=[{}]\nexpect=[{ id='1', is='kept' }, { id='1', is='kept' }]",
            "`expect` names the message `1` twice",
        ),
        ("messages=[{ id='2' }, {}]\nexpect=['kept', 'kept']", "the id `2` is taken"),
        ("messages=[{}]\nexpect=[{ is='dropped', stage='flod' }]", "there is no filter `flod`"),
        ("messages=[{ created_at='demain' }]\nexpect=['kept']", "`created_at` must be a date"),
        (
            "messages=[{ created_at=1, after='1h' }]\nexpect=['kept']",
            "`created_at` and `after` both say when this message was written",
        ),
        ("messages=[{ after='bientôt' }]\nexpect=['kept']", "`after` must be a duration"),
        ("messages=[{ txt='a' }]\nexpect=['kept']", "unknown option `txt`"),
        ("messages=[{}]\nexpect=['keep']", "entry 1 of `expect` must be `kept`, `dropped` or `failed`"),
        ("messages=[{}]\nexpect=[{ is='dropped', because='x' }]", "unknown option `because`"),
        ("messages=[]\nexpect=['kept']", "`messages` must not be empty"),
        ("messages=[{ likes=5.0 }]\nexpect=['kept']", "this test cannot be read"),
        ("messages=[{}]", "`[[test]]` needs the option `expect`"),
        ("messages=[{}]\nexpect=['kept']\norder=['2']", "this test has no message `2`"),
        (
            "messages=[{}]\nexpect=['kept']\n[[test]]\nname='été'\nmessages=[{}]\nexpect=['kept']",
            "another test has this name already",
        ),
    ] {
        let said = said(table);
        assert!(said.iter().any(|of| of == message), "{table}\n{said:?}");
    }
}

#[test]
fn a_variable_that_is_not_set_is_told_once() {
    assert_eq!(said("messages=[{ text='${TOWN}' }]\nexpect=['kept']").len(), 1);
}

#[test]
fn one_mistake_does_not_hide_the_others() {
    let said = said(
        "messages=[{ created_at='demain' }, {}]\nexpect=[{ id='3', is='kept' }, { id='1', is='dropped', \
         stage='flod' }]\norder=['4']",
    );
    assert_eq!(
        said,
        [
            "`created_at` must be a date",
            "this test has no message `3`",
            "there is no filter `flod`",
            "this test has no message `4`"
        ]
    );
}
