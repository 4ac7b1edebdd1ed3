//! What a reader sees.

#![allow(clippy::unwrap_used, reason = "it is a test")]

use std::sync::{Arc, Mutex};

use crible_sdk::{
    Batch, Deliveries, Held, Input, Live, Message, Output, Plugin, Rows, Sink, SinkPlugin, Spec, StreamError,
    Streams,
};
use sink_console::Console;

/// A terminal that remembers what was printed.
#[derive(Clone, Default)]
struct Screen {
    width: u32,
    colour: bool,
    text: Arc<Mutex<String>>,
}

impl Streams for Screen {
    fn open(&self, _path: &str) -> Result<Box<dyn Input>, StreamError> {
        Err(StreamError(String::new()))
    }
    fn identity(&self, _path: &str) -> Result<u64, StreamError> {
        Ok(0)
    }
    fn create(&self, path: &str) -> Result<Box<dyn Output>, StreamError> {
        assert_eq!(path, "-");
        Ok(Box::new(self.clone()))
    }
    fn rename(&self, _from: &str, _to: &str) -> Result<(), StreamError> {
        Ok(())
    }
    fn remove(&self, _path: &str) -> Result<(), StreamError> {
        Ok(())
    }
}

impl Output for Screen {
    fn write(&mut self, bytes: &[u8]) -> Result<(), StreamError> {
        self.text.lock().unwrap().push_str(std::str::from_utf8(bytes).unwrap());
        Ok(())
    }
    fn sync(&mut self) -> Result<u64, StreamError> {
        Ok(0)
    }
    fn truncate(&mut self, _length: u64) -> Result<(), StreamError> {
        Ok(())
    }
    fn length(&self) -> u64 {
        0
    }
    fn width(&self) -> u32 {
        self.width
    }
    fn colour(&self) -> bool {
        self.colour
    }
}

fn printed(screen: Screen, config: &str, held: &[Held]) -> String {
    let live = Live::new(Batch::from_held(held));
    let mut sink = Console::configure(config, None, Arc::new(screen.clone())).unwrap();
    sink.write(&Rows::new(&live), &mut Deliveries::default()).unwrap();
    assert_eq!(sink.flush(), Ok(vec![]));
    screen.text.lock().unwrap().clone()
}

fn article() -> Held {
    let whys = r#"{"stage":"themes","score":3,"reason":"names our product"},{"stage":"jour","score":0,"reason":"among the 10 best of its day","about":"1st"}"#;
    let message = Message {
        author: "zoe".into(),
        author_name: "Zoé Martin".into(),
        channel: "#rust".into(),
        title: "L’été des greffons".into(),
        text: "On a passé l’été à écrire des greffons WebAssembly, et voici ce qu’on a appris 🦀.\n\nhttps://example.org/un-lien-beaucoup-trop-long-pour-une-ligne".into(),
        url: "https://example.org/ete".into(),
        created_at: 1_773_479_520_000,
        ..Message::default()
    };
    Held { score: 3.0, whys: whys.into(), message, ..Held::default() }
}

fn text(text: &str) -> Held {
    Held { message: Message { text: text.into(), ..Message::default() }, ..Held::default() }
}

#[test]
fn a_message_on_a_narrow_terminal() {
    let screen = Screen { width: 48, ..Screen::default() };
    assert_eq!(
        printed(screen, "{}", &[article(), text("Et un autre.")]),
        "\
2026-03-14 09:12  Zoé Martin (zoe)  · #rust
  L’été des greffons
  On a passé l’été à écrire des greffons
  WebAssembly, et voici ce qu’on a appris 🦀.
  https://example.org/un-lien-beaucoup-trop-long
  -pour-une-ligne
  +3 names our product · among the 10 best of
  its day (1st)
  https://example.org/ete

  Et un autre.

"
    );
}

#[test]
fn no_terminal_has_a_hundred_columns_and_no_colour() {
    let out = printed(Screen::default(), r#"{"reasons":false}"#, &[text(&"mot ".repeat(40))]);
    assert_eq!(out.lines().next().unwrap().chars().count(), 2 + 24 * 4 - 1);
    assert!(!out.contains('\u{1b}') && !out.contains("names"));
    let wide = Screen { width: 300, ..Screen::default() };
    assert_eq!(printed(wide, "{}", &[text(&"mot ".repeat(40))]), out, "long lines are tiring to read");
}

#[test]
fn colours_where_they_are_wanted() {
    let screen = Screen { width: 80, colour: true, ..Screen::default() };
    let out = printed(screen, "{}", &[article()]);
    assert!(out.starts_with("\u{1b}[2m2026-03-14 09:12\u{1b}[0m  \u{1b}[1mZoé Martin\u{1b}[0m (zoe)"));
    assert!(out.contains("  \u{1b}[36mhttps://example.org/ete\u{1b}[0m\n"));
    assert_eq!(out.matches("\u{1b}[").count() % 2, 0, "whatever begins ends");
}

#[test]
fn a_message_cannot_steer_the_terminal() {
    let evil = "\u{1b}]0;titre\u{7}\u{1b}[2J\u{9b}31mvu\u{202e}uv\r\neffacé";
    let message = Message {
        author: evil.into(),
        title: evil.into(),
        text: evil.into(),
        url: evil.into(),
        channel: evil.into(),
        ..Message::default()
    };
    let out = printed(Screen::default(), "{}", &[Held { message, ..Held::default() }]);
    assert!(out.chars().all(|c| c == '\n' || !c.is_control()));
    assert!(!out.contains('\u{202e}'));
    assert!(out.contains("effacé"));
}

#[test]
fn right_to_left_names_leave_the_line_in_order() {
    let message = Message {
        author: "dana".into(),
        author_name: "דנה".into(),
        channel: "أخبار".into(),
        text: "שלום עולם".into(),
        created_at: 1_773_479_520_000,
        ..Message::default()
    };
    let out = printed(Screen::default(), "{}", &[Held { message, ..Held::default() }]);
    assert_eq!(out, "2026-03-14 09:12  \u{2068}דנה\u{2069} (dana)  · \u{2068}أخبار\u{2069}\n  שלום עולם\n\n");
}

#[test]
fn a_very_long_message_is_cut_and_says_so() {
    let out = printed(Screen::default(), "{}", &[text(&"ligne\n".repeat(500))]);
    assert_eq!(out.lines().count(), 24 + 1 + 1);
    assert!(out.contains("  … 476 more lines\n"));
}

#[test]
fn nor_can_a_title_or_a_name_fill_the_screen() {
    let long = "très long ".repeat(5000);
    let message = Message {
        author: long.clone(),
        author_name: long.clone(),
        channel: long.clone(),
        title: long,
        text: "court".into(),
        ..Message::default()
    };
    let out = printed(Screen::default(), "{}", &[Held { message, ..Held::default() }]);
    let lines: Vec<&str> = out.lines().collect();
    assert!(lines.len() == 1 + 24 + 1 + 1 + 1, "{}", lines.len());
    assert!(lines[0].chars().count() < 200 && lines[0].contains("très long…  ·"), "{}", lines[0]);
}

#[test]
fn what_cannot_be_meant_is_refused() {
    let error = Console::configure(r#"{"width":3}"#, None, Arc::new(Screen::default())).err().unwrap();
    assert_eq!(error.pointer, "/width");
    assert_eq!(Spec::from_json(Console::SPEC).unwrap().name, "console");
}
