//! Guests that cannot even be loaded: the config is refused, before anything runs.

use crible_testkit::guests;
use crible_wit::WIT;

use super::{Case, IN, OUT, suspect};

#[track_caller]
fn assert_refused(guest: &[u8], said: &[&str]) {
    let case = Case::new(guest);
    let ended = case.run(&format!("{IN}{}{OUT}", suspect("filter", "limits.time = '50ms'")));
    ended.assert(2, said);
    ended.assert(2, &["p.toml:", "./guest.wasm", "^^^"]);
    assert!(!case.at("out.jsonl").exists() && !case.at("dead.jsonl").exists());
}

/// A filter that behaves, but for one export, which does this.
fn filter_whose(export: &str, does: &str) -> Vec<u8> {
    let text = guests::text("filter", "keep");
    let start = text.find(&format!("(func (export \"{export}\")")).unwrap();
    let body = start + text[start..].find("(i32.const ").unwrap();
    let end = body + text[body..].find(')').unwrap() + 1;
    guests::component("filter", WIT, &format!("{}{does}{}", &text[..body], &text[end..]))
}

#[test]
fn what_is_not_wasm_at_all() {
    let said = "error[bad-plugin]: `./guest.wasm` cannot be loaded: this is not a WASM component: it starts with “déjà vu”";
    assert_refused("déjà vu".as_bytes(), &[said, "= help: name a file that"]);
    let said = "`./guest.wasm` cannot be loaded: this is a core WASM module, not a component";
    assert_refused(b"\0asm\x01\0\0\0", &[said, "= help: build it for wasm32-wasip2"]);
}

#[test]
fn an_export_that_is_missing() {
    let wit = WIT.replace("    export snapshot: func() -> result<list<u8>, string>;\n", "");
    let guest = guests::component("filter", &wit, &guests::text("filter", "keep"));
    assert_refused(
        &guest,
        &["cannot be loaded: it exports `judge` but not `snapshot`", "= help: a filter exports"],
    );
}

#[test]
fn another_version_of_the_world() {
    let other = |text: &str| text.replace("@0.1.0", "@0.9.0");
    let guest = guests::component("filter", &other(WIT), &other(&guests::text("filter", "keep")));
    let said = "this plugin was built against crible:plugin@0.9.0; this crible speaks 0.1.0";
    assert_refused(&guest, &[said, "= help: build it again with version 0.1.0 of crible-sdk"]);
}

#[test]
fn a_guest_that_fails_while_it_is_loaded() {
    let endless = "(loop $again (br $again)) unreachable";
    for (export, work, said) in [
        ("describe", "unreachable", "it trapped (unreachable)"),
        ("describe", endless, "it ran longer than 2s"),
        ("configure", "unreachable", "`./guest.wasm` failed while it was set up: it trapped (unreachable)"),
        ("configure", endless, "`./guest.wasm` failed while it was set up: it ran longer than 50ms"),
    ] {
        assert_refused(&filter_whose(export, work), &[said, "= help: "]);
    }
}

#[test]
fn a_guest_that_describes_itself_as_nothing_that_can_be_read() {
    let text = guests::text("filter", "keep").replace("{\\\"name\\\"", "[\\\"name\\\"");
    let guest = guests::component("filter", WIT, &text);
    assert_refused(&guest, &["`./guest.wasm` cannot be loaded: its spec cannot be read"]);
}

#[test]
fn a_guest_of_another_kind() {
    assert_refused(
        &guests::sink("take"),
        &["`./guest.wasm` is a sink, not a filter", "= help: write it as a `[[sink]]`"],
    );
}
