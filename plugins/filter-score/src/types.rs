//! The types of expressions, and what operators and functions make of them.

use std::fmt;

/// The type of an expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Type {
    Bool,
    Int,
    Uint,
    Double,
    Text,
    Time,
    Span,
    /// A pattern of `matches`, compiled.
    Pattern,
    List(Box<Type>),
    /// A map, by the type of its values.
    Map(Box<Type>),
    /// Not known before it is evaluated.
    Any,
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bool => "bool",
            Self::Int => "int",
            Self::Uint => "uint",
            Self::Double => "double",
            Self::Text => "string",
            Self::Time => "timestamp",
            Self::Span => "duration",
            Self::Pattern => "pattern",
            Self::List(_) => "list",
            Self::Map(_) => "map",
            Self::Any => "dyn",
        })
    }
}

impl Type {
    pub(crate) fn is_number(&self) -> bool {
        matches!(self, Self::Int | Self::Uint | Self::Double | Self::Any)
    }

    /// Whether a value of this type can stand where one of the other is wanted.
    fn fits(&self, wanted: &Self) -> bool {
        match (self, wanted) {
            (Self::Any, _) | (_, Self::Any) => true,
            (Self::List(of), Self::List(wanted)) | (Self::Map(of), Self::Map(wanted)) => of.fits(wanted),
            _ => self == wanted,
        }
    }

    /// Whether values of the two types can be equal.
    fn comparable(&self, other: &Self) -> bool {
        self.fits(other) || (self.is_number() && other.is_number())
    }

    /// The type of a value that is of the one or the other type.
    pub(crate) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Any, of) | (of, Self::Any) => of,
            (Self::List(a), Self::List(b)) => Self::List(Box::new(a.or(*b))),
            (Self::Map(a), Self::Map(b)) => Self::Map(Box::new(a.or(*b))),
            (a, b) if a == b => a,
            _ => Self::Any,
        }
    }
}

/// The type of what an operator makes of two values; `None` where it cannot be applied to them.
pub(crate) fn operator(sign: &str, left: &Type, right: &Type) -> Option<Type> {
    use Type::{Any, Bool, Double, Int, List, Span, Text, Time, Uint};
    match sign {
        "&&" | "||" => (left.fits(&Bool) && right.fits(&Bool)).then_some(Bool),
        "==" | "!=" => left.comparable(right).then_some(Bool),
        "<" | "<=" | ">" | ">=" => {
            let ordered = |of: &Type| of.is_number() || matches!(of, Bool | Text | Time | Span);
            (ordered(left) && ordered(right) && left.comparable(right)).then_some(Bool)
        }
        "in" => match right {
            List(of) => left.comparable(of).then_some(Bool),
            Type::Map(_) => matches!(left, Bool | Int | Uint | Text | Any).then_some(Bool),
            Any => Some(Bool),
            _ => None,
        },
        _ => match (sign, left, right) {
            ("+", List(a), List(b)) => Some(List(Box::new(a.as_ref().clone().or(b.as_ref().clone())))),
            ("+", Any, of @ List(_)) | ("+", of @ List(_), Any) => Some(of.clone()),
            (_, Any, Any) => Some(Any),
            (_, Any, of @ (Int | Uint | Double)) | (_, of @ (Int | Uint | Double), Any) => Some(of.clone()),
            ("+", Any, Text) | ("+", Text, Any) | ("+", Text, Text) => Some(Text),
            ("+" | "-", Time, Span) | ("+", Span, Time) => Some(Time),
            ("-", Time, Time) | ("+" | "-", Span, Span) => Some(Span),
            ("%", Double, Double) => None,
            (_, Int, Int) | (_, Uint, Uint) | (_, Double, Double) => Some(left.clone()),
            _ => None,
        },
    }
}

/// A function that can be called.
pub(crate) struct Function {
    pub(crate) name: &'static str,
    /// Whether it is called on a value, `value.name(…)`; that is then the first of those that it takes.
    pub(crate) member: bool,
    /// What it takes.
    takes: &'static [Type],
    gives: Type,
}

const fn global(name: &'static str, takes: &'static [Type], gives: Type) -> Function {
    Function { name, member: false, takes, gives }
}

const fn member(name: &'static str, takes: &'static [Type], gives: Type) -> Function {
    Function { name, member: true, takes, gives }
}

/// Every function, once for each kind of value that it takes. Lists and maps are sized apart.
pub(crate) const FUNCTIONS: &[Function] = {
    use Type::{Bool, Double, Int, Pattern, Span, Text, Time, Uint};
    &[
        global("size", &[Text], Int),
        member("size", &[Text], Int),
        member("contains", &[Text, Text], Bool),
        member("startsWith", &[Text, Text], Bool),
        member("endsWith", &[Text, Text], Bool),
        member("matches", &[Text, Pattern], Bool),
        global("matches", &[Text, Pattern], Bool),
        global("int", &[Int], Int),
        global("int", &[Uint], Int),
        global("int", &[Double], Int),
        global("int", &[Text], Int),
        global("int", &[Time], Int),
        global("uint", &[Int], Uint),
        global("uint", &[Uint], Uint),
        global("uint", &[Double], Uint),
        global("uint", &[Text], Uint),
        global("double", &[Int], Double),
        global("double", &[Uint], Double),
        global("double", &[Double], Double),
        global("double", &[Text], Double),
        global("string", &[Bool], Text),
        global("string", &[Int], Text),
        global("string", &[Uint], Text),
        global("string", &[Double], Text),
        global("string", &[Text], Text),
        global("duration", &[Text], Span),
        global("timestamp", &[Text], Time),
        member("getFullYear", &[Time], Int),
        member("getMonth", &[Time], Int),
        member("getDate", &[Time], Int),
        member("getDayOfMonth", &[Time], Int),
        member("getDayOfWeek", &[Time], Int),
        member("getHours", &[Time], Int),
        member("getMinutes", &[Time], Int),
        member("getSeconds", &[Time], Int),
        member("getHours", &[Span], Int),
        member("getMinutes", &[Span], Int),
        member("getSeconds", &[Span], Int),
        member("getMilliseconds", &[Span], Int),
    ]
};

/// The macros of CEL, which the parser replaces: they are no functions, but names that can be meant.
pub(crate) const MACROS: &[&str] = &["has", "all", "exists", "exists_one", "map", "filter"];

/// The type of what a function gives for such values; `None` where it does not take them.
pub(crate) fn call(name: &str, member: bool, taken: &[Type]) -> Option<Type> {
    if name == "size" && matches!(taken, [Type::List(_) | Type::Map(_) | Type::Any]) {
        return Some(Type::Int);
    }
    let fits = |of: &&Function| {
        of.name == name
            && of.member == member
            && of.takes.len() == taken.len()
            && taken.iter().zip(of.takes).all(|(taken, wanted)| taken.fits(wanted))
    };
    FUNCTIONS.iter().find(fits).map(|function| function.gives.clone())
}
