//! Parses JSON and keeps what `serde_json` would lose: numbers digit by digit (an NHS number written as a number stays
//! ten digits, a long one is not rounded), keys that stand twice, and a depth limit that an option can raise.

use std::fmt::Write;

/// A JSON value, its numbers as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// The digits as written.
    Number(String),
    /// A string, unescaped.
    Text(String),
    /// An array.
    List(Vec<Value>),
    /// An object: keys in order, also those that stand twice.
    Object(Vec<(String, Value)>),
}

impl Value {
    /// The value as a cell of text: a list joined by `|`, `null` as nothing, an object as compact JSON.
    pub(super) fn cell(&self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Bool(value) => value.to_string(),
            Self::Number(text) | Self::Text(text) => text.clone(),
            Self::List(values) => {
                let cells: Vec<String> = values
                    .iter()
                    .filter(|value| **value != Self::Null)
                    .map(Self::cell)
                    .collect();
                cells.join("|")
            }
            Self::Object(_) => {
                let mut text = String::new();
                self.write(&mut text);
                text
            }
        }
    }

    /// Writes compact JSON.
    fn write(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Number(text) => out.push_str(text),
            Self::Text(text) => quote(text, out),
            Self::List(values) => {
                out.push('[');
                for (at, value) in values.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    value.write(out);
                }
                out.push(']');
            }
            Self::Object(fields) => {
                out.push('{');
                for (at, (key, value)) in fields.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    quote(key, out);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}

fn quote(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' => {
                // writing to a string does not fail
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// What is wrong, and at which byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Broken {
    /// Offset in the text.
    pub at: usize,
    /// What was expected there.
    pub expected: &'static str,
    /// Whether it is the depth limit that was passed.
    pub too_deep: bool,
}

/// Parses one value at the start of `text`; gives it with the offset behind it and the blanks that follow.
pub(super) fn parse(text: &str, depth: usize) -> Result<(Value, usize), Broken> {
    let mut parser = Parser { text, at: 0 };
    parser.blanks();
    let value = parser.value(depth)?;
    parser.blanks();
    Ok((value, parser.at))
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn broken<T>(&self, expected: &'static str) -> Result<T, Broken> {
        Err(Broken {
            at: self.at,
            expected,
            too_deep: false,
        })
    }

    /// Takes a byte if it is the next one.
    fn take(&mut self, byte: u8) -> bool {
        let is = self.peek() == Some(byte);
        self.at += usize::from(is);
        is
    }

    fn value(&mut self, depth: usize) -> Result<Value, Broken> {
        match self.peek() {
            Some(b'{' | b'[') if depth == 0 => Err(Broken {
                at: self.at,
                expected: "fewer brackets inside each other",
                too_deep: true,
            }),
            Some(b'{') => self.object(depth - 1),
            Some(b'[') => self.list(depth - 1),
            Some(b'"') => self.string().map(Value::Text),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => {
                for (word, value) in [
                    ("true", Value::Bool(true)),
                    ("false", Value::Bool(false)),
                    ("null", Value::Null),
                ] {
                    if self
                        .text
                        .get(self.at..)
                        .is_some_and(|t| t.starts_with(word))
                    {
                        self.at += word.len();
                        return Ok(value);
                    }
                }
                self.broken("a value")
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Value, Broken> {
        self.at += 1;
        let mut fields = Vec::new();
        self.blanks();
        if self.take(b'}') {
            return Ok(Value::Object(fields));
        }
        loop {
            self.blanks();
            if self.peek() != Some(b'"') {
                return self.broken("a name in double quotes");
            }
            let key = self.string()?;
            self.blanks();
            if !self.take(b':') {
                return self.broken("`:` behind the name");
            }
            self.blanks();
            fields.push((key, self.value(depth)?));
            self.blanks();
            if self.take(b'}') {
                return Ok(Value::Object(fields));
            }
            if !self.take(b',') {
                return self.broken("`,` or `}`");
            }
        }
    }

    fn list(&mut self, depth: usize) -> Result<Value, Broken> {
        self.at += 1;
        let mut values = Vec::new();
        self.blanks();
        if self.take(b']') {
            return Ok(Value::List(values));
        }
        loop {
            self.blanks();
            values.push(self.value(depth)?);
            self.blanks();
            if self.take(b']') {
                return Ok(Value::List(values));
            }
            if !self.take(b',') {
                return self.broken("`,` or `]`");
            }
        }
    }

    fn number(&mut self) -> Result<Value, Broken> {
        let start = self.at;
        while matches!(
            self.peek(),
            Some(b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E')
        ) {
            self.at += 1;
        }
        let text = self.text.get(start..self.at).unwrap_or("");
        if is_number(text) {
            Ok(Value::Number(text.to_owned()))
        } else {
            self.at = start;
            self.broken("a number")
        }
    }

    fn string(&mut self) -> Result<String, Broken> {
        self.at += 1;
        let mut out = String::new();
        let mut from = self.at;
        loop {
            match self.peek() {
                None => return self.broken("a closing double quote"),
                Some(b'"') => {
                    out.push_str(self.text.get(from..self.at).unwrap_or(""));
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => {
                    out.push_str(self.text.get(from..self.at).unwrap_or(""));
                    self.at += 1;
                    out.push(self.escape()?);
                    from = self.at;
                }
                // a line break inside a string is against the rules of JSON, and in JSON lines it is a broken line
                Some(b'\n' | b'\r') => {
                    return self.broken("a closing double quote on the same line");
                }
                Some(_) => self.at += 1,
            }
        }
    }

    fn escape(&mut self) -> Result<char, Broken> {
        let c = match self.peek() {
            Some(b'n') => '\n',
            Some(b't') => '\t',
            Some(b'r') => '\r',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b @ (b'"' | b'\\' | b'/')) => char::from(b),
            Some(b'u') => {
                self.at += 1;
                let first = self.four_digits()?;
                return Ok(self.joined(first));
            }
            _ => return self.broken("one of the escapes of JSON"),
        };
        self.at += 1;
        Ok(c)
    }

    fn four_digits(&mut self) -> Result<u32, Broken> {
        let digits = self.text.get(self.at..self.at + 4);
        match digits.filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit())) {
            Some(digits) => {
                self.at += 4;
                Ok(u32::from_str_radix(digits, 16).unwrap_or(0xFFFD))
            }
            None => self.broken("four hex digits"),
        }
    }

    /// Joins the two halves of a character beyond the first 65,536; half a one is shown as such.
    fn joined(&mut self, first: u32) -> char {
        if (0xD800..0xDC00).contains(&first)
            && self.text.get(self.at..self.at + 2) == Some("\\u")
            && let Some(second) = self
                .text
                .get(self.at + 2..self.at + 6)
                .and_then(|digits| u32::from_str_radix(digits, 16).ok())
                .filter(|unit| (0xDC00..0xE000).contains(unit))
        {
            self.at += 6;
            return char::from_u32(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
                .unwrap_or('\u{fffd}');
        }
        char::from_u32(first).unwrap_or('\u{fffd}')
    }
}

/// The grammar of JSON's numbers, but zeros in front are let through: they are how badly made exports keep an id.
fn is_number(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (
            mantissa,
            Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)),
        ),
        None => (text, None),
    };
    let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole) && fraction.is_none_or(digits) && exponent.is_none_or(digits)
}
