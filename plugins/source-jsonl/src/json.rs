//! Reads one JSON text from front to back, without building anything and without copying what it need
//! not. It takes what RFC 8259 allows and nothing else.

use std::fmt;

use crate::scan::{Written, plain_bytes};

/// Objects and lists are followed this deep, as in most readers.
const DEEPEST: u32 = 128;

/// Why a text is no JSON, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct JsonError {
    pub(crate) why: &'static str,
    /// In bytes.
    pub(crate) at: usize,
}

impl JsonError {
    /// A sentence for people, who count characters and not bytes.
    pub(crate) fn sentence(self, text: &str) -> impl fmt::Display {
        let before = text.get(..self.at).map_or(self.at, |before| before.chars().count());
        let why = self.why;
        std::fmt::from_fn(move |f| write!(f, "{why} at character {}", before + 1))
    }
}

/// A number as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Number<'a> {
    pub(crate) text: &'a str,
    /// Its value, where it is a whole one of at most 18 digits.
    pub(crate) whole: Option<i64>,
}

/// What kind of value comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Object,
    List,
    Text,
    Number,
    True,
    False,
    Null,
}

/// A JSON text and how far it was read.
pub(crate) struct Json<'a> {
    text: &'a str,
    at: usize,
    depth: u32,
}

impl<'a> Json<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0, depth: 0 }
    }

    /// Where the next value begins, to come back to it with [`Self::go_back`].
    pub(crate) fn place(&self) -> usize {
        self.at
    }

    pub(crate) fn go_back(&mut self, place: usize) {
        self.at = place;
    }

    #[inline]
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn error<T>(&self, why: &'static str) -> Result<T, JsonError> {
        Err(JsonError { why, at: self.at })
    }

    /// The next byte that is no white space.
    #[inline]
    fn token(&mut self) -> Option<u8> {
        loop {
            match self.peek() {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                other => return other,
            }
        }
    }

    /// What the next value is.
    #[inline]
    pub(crate) fn kind(&mut self) -> Result<Kind, JsonError> {
        match self.token() {
            Some(b'"') => Ok(Kind::Text),
            Some(b'-' | b'0'..=b'9') => Ok(Kind::Number),
            Some(b'{') => Ok(Kind::Object),
            Some(b'[') => Ok(Kind::List),
            Some(b't') => Ok(Kind::True),
            Some(b'f') => Ok(Kind::False),
            Some(b'n') => Ok(Kind::Null),
            Some(_) => self.error("there should be a value"),
            None => self.error("the line breaks off where there should be a value"),
        }
    }

    /// Go into an object or a list.
    #[inline]
    pub(crate) fn enter(&mut self) -> Result<(), JsonError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return self.error("objects and lists lie more than 128 deep");
        }
        self.at += 1;
        Ok(())
    }

    /// Whether the object has another member, of which the name comes next.
    #[inline]
    pub(crate) fn member(&mut self, is_first: bool) -> Result<bool, JsonError> {
        match self.token() {
            Some(b'}') => {
                self.at += 1;
                self.depth -= 1;
                return Ok(false);
            }
            Some(b',') if !is_first => {
                self.at += 1;
                self.token();
            }
            None => return self.error("the line breaks off within an object"),
            _ if is_first => {}
            _ => return self.error("a `,` or `}` is missing"),
        }
        Ok(true)
    }

    /// Go past the member's name if it is this one, and no further otherwise.
    #[inline]
    pub(crate) fn is_named(&mut self, name: &Written) -> bool {
        let is_it = self.text.as_bytes().get(self.at..).is_some_and(|rest| name.begins(rest));
        self.at += if is_it { name.length } else { 0 };
        is_it
    }

    /// The member's name; its value comes next.
    #[inline]
    pub(crate) fn name<'b>(&mut self, scratch: &'b mut String) -> Result<&'b str, JsonError>
    where
        'a: 'b,
    {
        if self.peek() != Some(b'"') {
            return self.error("there should be a name in quotes");
        }
        let name = self.string(scratch)?;
        if self.token() != Some(b':') {
            return self.error("a `:` is missing");
        }
        self.at += 1;
        Ok(name)
    }

    /// Whether the list has another item, which comes next.
    #[inline]
    pub(crate) fn item(&mut self, is_first: bool) -> Result<bool, JsonError> {
        match self.token() {
            Some(b']') => {
                self.at += 1;
                self.depth -= 1;
                return Ok(false);
            }
            Some(b',') if !is_first => {
                self.at += 1;
                self.token();
            }
            None => return self.error("the line breaks off within a list"),
            _ if is_first => {}
            _ => return self.error("a `,` or `]` is missing"),
        }
        Ok(true)
    }

    /// The text that comes next, where nothing in it is escaped; otherwise it still comes next.
    #[inline(always)]
    pub(crate) fn plain_string(&mut self) -> Option<&'a str> {
        let start = self.at + 1;
        let end = start + plain_bytes(&self.text.as_bytes()[start..]);
        if self.text.as_bytes().get(end) != Some(&b'"') {
            return None;
        }
        self.at = end + 1;
        Some(&self.text[start..end])
    }

    /// The text that comes next; from the line itself where nothing in it is escaped.
    #[inline]
    pub(crate) fn string<'b>(&mut self, scratch: &'b mut String) -> Result<&'b str, JsonError>
    where
        'a: 'b,
    {
        match self.plain_string() {
            Some(text) => Ok(text),
            None => self.escaped(scratch),
        }
    }

    #[cold]
    fn escaped<'b>(&mut self, out: &'b mut String) -> Result<&'b str, JsonError> {
        out.clear();
        self.at += 1;
        loop {
            let end = self.at + plain_bytes(&self.text.as_bytes()[self.at..]);
            out.push_str(&self.text[self.at..end]);
            self.at = end;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => out.push(self.escape()?),
                Some(_) => return self.error("a text holds a control character"),
                None => return self.error("the line breaks off within a text"),
            }
        }
    }

    fn escape(&mut self) -> Result<char, JsonError> {
        self.at += 1;
        let escaped = match self.peek() {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'n') => '\n',
            Some(b't') => '\t',
            Some(b'r') => '\r',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'u') => return self.unicode(),
            _ => return self.error("a `\\` stands before something that has no meaning there"),
        };
        self.at += 1;
        Ok(escaped)
    }

    /// `uXXXX`, or two of them where the character needs both.
    fn unicode(&mut self) -> Result<char, JsonError> {
        let first = self.four_digits()?;
        let code = match first {
            0xD800..=0xDBFF if self.text.as_bytes()[self.at..].starts_with(b"\\u") => {
                self.at += 1;
                let second = self.four_digits()?;
                match second {
                    0xDC00..=0xDFFF => 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00),
                    _ => first,
                }
            }
            _ => first,
        };
        match char::from_u32(code) {
            Some(escaped) => Ok(escaped),
            None => self.error("a `\\u` stands for half a character"),
        }
    }

    fn four_digits(&mut self) -> Result<u32, JsonError> {
        let digits = self.text.as_bytes().get(self.at + 1..self.at + 5);
        let value = digits.and_then(|digits| {
            digits.iter().try_fold(0, |sum, &digit| Some(sum << 4 | char::from(digit).to_digit(16)?))
        });
        match value {
            Some(value) => {
                self.at += 5;
                Ok(value)
            }
            None => self.error("a `\\u` is not followed by four hexadecimal digits"),
        }
    }

    /// At least one digit, and what they say where there are not too many.
    #[inline]
    fn digits(&mut self) -> Result<i64, JsonError> {
        let digits = &self.text.as_bytes()[self.at..];
        let mut value = 0_i64;
        let mut count = 0;
        while let Some(digit) = digits.get(count).map(|byte| byte.wrapping_sub(b'0'))
            && digit < 10
        {
            value = value.wrapping_mul(10).wrapping_add(digit.into());
            count += 1;
        }
        self.at += count;
        if count == 0 { self.error("a digit is missing") } else { Ok(value) }
    }

    /// The number that comes next.
    #[inline]
    pub(crate) fn number(&mut self) -> Result<Number<'a>, JsonError> {
        let start = self.at;
        let is_negative = self.peek() == Some(b'-');
        self.at += usize::from(is_negative);
        let first = self.at;
        let value = self.digits()?;
        if self.text.as_bytes()[first] == b'0' && self.at > first + 1 {
            self.at = first + 1;
            return self.error("a number begins with a 0");
        }
        let is_short = self.at - first <= 18;
        if !matches!(self.peek(), Some(b'.' | b'e' | b'E')) {
            let whole = is_short.then_some(if is_negative { -value } else { value });
            return Ok(Number { text: &self.text[start..self.at], whole });
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(Number { text: &self.text[start..self.at], whole: None })
    }

    /// One of `true`, `false` and `null`, of which the first letter was seen.
    pub(crate) fn word(&mut self, word: &'static str) -> Result<&'static str, JsonError> {
        if !self.text.as_bytes()[self.at..].starts_with(word.as_bytes()) {
            return self.error("there should be a value");
        }
        self.at += word.len();
        Ok(word)
    }

    /// Go past the next value, whatever it is.
    pub(crate) fn skip(&mut self, scratch: &mut String) -> Result<(), JsonError> {
        match self.kind()? {
            Kind::Text => self.string(scratch).map(drop),
            Kind::Number => self.number().map(drop),
            Kind::True => self.word("true").map(drop),
            Kind::False => self.word("false").map(drop),
            Kind::Null => self.word("null").map(drop),
            Kind::Object => {
                self.enter()?;
                let mut is_first = true;
                while self.member(is_first)? {
                    is_first = false;
                    self.name(scratch)?;
                    self.skip(scratch)?;
                }
                Ok(())
            }
            Kind::List => {
                self.enter()?;
                let mut is_first = true;
                while self.item(is_first)? {
                    is_first = false;
                    self.skip(scratch)?;
                }
                Ok(())
            }
        }
    }

    /// Make sure that nothing follows.
    pub(crate) fn end(&mut self) -> Result<(), JsonError> {
        match self.token() {
            None => Ok(()),
            Some(_) => self.error("something follows the object"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn checked(text: &str) -> Result<(), JsonError> {
        let mut json = Json::new(text);
        json.skip(&mut String::new())?;
        json.end()
    }

    fn text_of(json: &str) -> String {
        let mut scratch = String::new();
        Json::new(json).string(&mut scratch).unwrap().to_owned()
    }

    #[test]
    fn escapes_are_undone() {
        assert_eq!(text_of(r#""plain é 🦀""#), "plain é 🦀");
        assert_eq!(text_of(r#""a\"b\\c\/d\n\u00e9 \ud83e\udd80 fin""#), "a\"b\\c/d\né 🦀 fin");
    }

    #[test]
    fn an_error_says_what_is_wrong_and_where() {
        let said = |text: &str| checked(text).unwrap_err().sentence(text).to_string();
        assert_eq!(said(r#"{"é" 1}"#), "a `:` is missing at character 6");
        assert_eq!(said(r#"{"a":1"#), "the line breaks off within an object at character 7");
        assert_eq!(said(r#"{"a":1} x"#), "something follows the object at character 9");
        assert_eq!(said(r#"["\ud83e x"]"#), "a `\\u` stands for half a character at character 9");
        assert_eq!(said("[\"a\tb\"]"), "a text holds a control character at character 4");
        let deep = "[".repeat(200);
        assert_eq!(said(&deep), "objects and lists lie more than 128 deep at character 129");
    }

    #[test]
    fn a_number_is_its_text_and_its_value() {
        let number = |json| Json::new(json).number().unwrap();
        for (json, whole) in [
            ("0", Some(0)),
            ("-0,", Some(0)),
            ("-12}", Some(-12)),
            ("999999999999999999", Some(999_999_999_999_999_999)),
            ("1000000000000000000", None),
            ("1.0", None),
            ("1e3", None),
        ] {
            assert_eq!(number(json), Number { text: json.trim_end_matches([',', '}']), whole });
        }
    }

    fn json() -> impl Strategy<Value = String> {
        let scrap = prop_oneof![
            Just("{"),
            Just("}"),
            Just("["),
            Just("]"),
            Just(","),
            Just(":"),
            Just("\""),
            Just("\\"),
            Just("\\u00e9"),
            Just("\\ud83e"),
            Just("\\udd80"),
            Just("\\n"),
            Just("\"a\""),
            Just("\"é🦀\":"),
            Just("1"),
            Just("-0.5e3"),
            Just("01"),
            Just("true"),
            Just("nul"),
            Just("null"),
            Just(" "),
            Just("\t"),
            Just("\u{1}"),
            Just("\"longer than eight bytes\""),
        ];
        proptest::collection::vec(scrap, 0..12).prop_map(|scraps| scraps.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn it_takes_what_others_take(text in json()) {
            let expected = serde_json::from_str::<serde_json::Value>(&text);
            // A number beyond 64-bit floats is JSON all the same; here its text is all that counts.
            let too_large = |error: &serde_json::Error| error.to_string().starts_with("number out of range");
            prop_assume!(!expected.as_ref().is_err_and(too_large));
            prop_assert_eq!(checked(&text).is_ok(), expected.is_ok(), "{}", text);
        }

        #[test]
        fn every_text_comes_back(text in any::<String>()) {
            let json = serde_json::to_string(&text).unwrap();
            prop_assert_eq!(text_of(&json), text);
        }
    }
}
