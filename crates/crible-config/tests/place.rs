//! The way back from a plugin's value to the bytes of the file that wrote it.

mod support;

use crible_config::Span;
use proptest::prelude::*;
use support::Plugins;

const HEAD: &str = "[[source]]\nplugin='jsonl'\nconfig.path='-'\n[[sink]]\nplugin='console'\n[[filter]]\nid='q'\nplugin='query'\n";

/// What the plugin of the stage `q` complains about, in the file.
fn place(text: &str, pointer: &str, part: Option<(usize, usize)>) -> Span {
    let plugins = Plugins::new();
    let config = plugins.parse(text).expect("TOML");
    let stages = plugins.review(&config).stages;
    let stage = stages.iter().find(|stage| stage.plan.id == "q").expect("the stage is there");
    config.place(&stage.plan, pointer, part)
}

/// What is underlined when the plugin complains about `part` of the option `keep`.
fn underlined(literal: &str, part: &str) -> String {
    let text = format!("{HEAD}[filter.config]\nkeep = {literal} # the end\n");
    let plugins = Plugins::new();
    let plan =
        plugins.plan(&text).unwrap_or_else(|problems| panic!("{}", problems.render("c", &text, false)));
    let stage = plan.stages.iter().find(|stage| stage.id == "q").expect("the stage is there");
    let value = stage.config["keep"].as_str().expect("a string");
    let offset = value.find(part).unwrap_or_else(|| panic!("{part:?} is not in {value:?}"));
    let span = place(&text, "/keep", Some((offset, part.len())));
    text[span].to_owned()
}

#[test]
fn plain_text_is_underlined_as_it_stands() {
    assert_eq!(underlined(r#""rust AND été""#, "été"), "été");
    assert_eq!(underlined("'rust \\AND été'", "\\AND"), "\\AND");
    assert_eq!(underlined("'''\nrust\nAND été'''", "AND"), "AND");
}

#[test]
fn escapes_are_underlined_as_they_are_written() {
    assert_eq!(underlined(r#""a \"b c\" d""#, "\"b c\""), r#"\"b c\""#);
    assert_eq!(underlined(r#""caf\u00e9 x""#, "é"), r"\u00e9");
    assert_eq!(underlined(r#""\U0001F600 and more""#, "and"), "and");
    assert_eq!(underlined(r#""\x41\tB""#, "A\tB"), r"\x41\tB");
}

#[test]
fn lines_that_go_on_are_stepped_over() {
    let literal = "\"\"\"\nrust \\\n     \t\n   AND webassembly\"\"\"";
    assert_eq!(underlined(literal, "AND"), "AND");
    assert_eq!(underlined(literal, "t A"), "t \\\n     \t\n   A");
}

#[test]
fn a_variable_is_underlined_whole() {
    assert_eq!(underlined(r#""lang:${DATA} OR x""#, "été"), "${DATA}");
    assert_eq!(underlined(r#""lang:${DATA} OR x""#, "OR x"), "OR x");
    assert_eq!(underlined(r#""price $${DATA} OR x""#, "${"), "$${");
    assert_eq!(underlined(r#""price $${DATA} OR x""#, "DATA}"), "DATA}");
}

#[test]
fn an_offset_at_the_end_is_the_closing_quote() {
    let text = format!("{HEAD}[filter.config]\nkeep = \"a (b\"\n");
    assert_eq!(place(&text, "/keep", Some((4, 0))), text.rfind('"').map(|at| at..at + 1).unwrap());
    assert_eq!(place(&text, "/keep", Some((99, 7))), text.rfind('"').map(|at| at..at + 1).unwrap());
}

#[test]
fn pointers_lead_to_values_and_what_is_missing_to_the_table_above() {
    let text = format!("{HEAD}[filter.config]\ndrop = 'x'\nscore = [{{ query = 'a/b', weight = 2.0 }}]\n");
    let at = |pointer| &text[place(&text, pointer, None)];
    assert_eq!(at("/drop"), "'x'");
    assert_eq!(at("/score/0/weight"), "2.0");
    assert_eq!(at("/score/0/because"), "{ query = 'a/b', weight = 2.0 }");
    assert_eq!(at("/keep"), "[filter.config]");
    assert_eq!(at(""), "[filter.config]");
}

/// One character of a value, and a way to write it in a basic string.
fn written_character() -> impl Strategy<Value = (char, String)> {
    (any::<char>(), 0..4_u8).prop_map(|(c, way)| {
        let code = u32::from(c);
        let must_escape = c == '"' || c == '\\' || (c.is_control() && c != '\t') || c == '$';
        let written = match way {
            0 => format!("\\U{code:08X}"),
            1 if code <= 0xffff => format!("\\u{code:04x}"),
            2 if code <= 0xff => format!("\\x{code:02x}"),
            _ if c == '\n' => "\\n".to_owned(),
            _ if c == '"' || c == '\\' => format!("\\{c}"),
            _ if must_escape => format!("\\U{code:08X}"),
            _ => c.to_string(),
        };
        (c, written)
    })
}

proptest! {
    /// Whatever part of the value is complained about, exactly what wrote it is underlined.
    #[test]
    fn each_part_leads_back_to_what_wrote_it(
        characters in prop::collection::vec(written_character(), 1..30),
        from in any::<prop::sample::Index>(),
        to in any::<prop::sample::Index>(),
        delimiter in prop::sample::select(vec!["\"", "\"\"\""]),
    ) {
        let (a, b) = (from.index(characters.len()), to.index(characters.len()));
        let (first, last) = (a.min(b), a.max(b));
        let value: String = characters.iter().map(|(c, _)| *c).collect();
        let literal: String = characters.iter().map(|(_, written)| written.as_str()).collect();
        prop_assume!(!value.contains("${"));
        let text = format!("{HEAD}[filter.config]\nkeep = {delimiter}{literal}{delimiter}\n");
            let start: usize = characters[..first].iter().map(|(c, _)| c.len_utf8()).sum();
        let length: usize = characters[first..=last].iter().map(|(c, _)| c.len_utf8()).sum();
        let expected: String = characters[first..=last].iter().map(|(_, written)| written.as_str()).collect();
        let span = place(&text, "/keep", Some((start, length)));
        prop_assert_eq!(&text[span], expected.as_str());
    }

    /// In a literal string nothing is an escape.
    #[test]
    fn literal_strings_are_what_they_are(before in "[a-zé\\\\\"😀]{0,12}", part in "[a-zé\\\\\"😀]{1,8}") {
        let text = format!("{HEAD}[filter.config]\nkeep = '{before}{part}'\n");
            let span = place(&text, "/keep", Some((before.len(), part.len())));
        prop_assert_eq!(&text[span], part.as_str());
    }

    /// A plugin may be wrong about its own offsets; showing its complaint must not fail.
    #[test]
    fn any_offset_gives_a_place_in_the_text(value in "\\PC{0,20}", offset in 0..60_usize, length in 0..60_usize) {
        let text = format!("{HEAD}[filter.config]\nkeep = {}\n", toml::Value::String(value.replace("${", "")));
            let span = place(&text, "/keep", Some((offset, length)));
        prop_assert!(text.get(span.clone()).is_some(), "{span:?} in {text:?}");
        prop_assert!(!span.is_empty());
    }
}
