//! Timestamps and durations, to the millisecond and in UTC. Those of the `cel` crate bring the time zones of
//! the world with them, which would triple the component.

use std::any::Any;
use std::cmp::Ordering;

use cel::common::traits::{Adder, Comparer, Subtractor};
use cel::common::types::{CelInt, CelString, STRING_TYPE, Type};
use cel::common::value::{CowVal, StaticVal, Val};
use cel::{Env, ExecutionError};

/// A moment, in ms since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Time(pub(crate) i64);

/// A length of time, in ms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Span(pub(crate) i64);

static TIME: Type = Type::new_unspecified_type("timestamp");
static SPAN: Type = Type::new_unspecified_type("duration");

macro_rules! value {
    ($name:ident, $type:ident) => {
        impl Val for $name {
            fn get_type(&self) -> &Type {
                &$type
            }

            fn cel_type() -> &'static Type {
                &$type
            }

            fn as_adder<'b, 'v>(&'b self) -> Option<&'b (dyn Adder + 'v)>
            where
                Self: 'v,
            {
                Some(self)
            }

            fn as_subtractor<'b, 'v>(&'b self) -> Option<&'b (dyn Subtractor + 'v)>
            where
                Self: 'v,
            {
                Some(self)
            }

            fn as_comparer(&self) -> Option<&dyn Comparer> {
                Some(self)
            }

            fn equals(&self, other: &dyn Val) -> bool {
                other.downcast_ref::<Self>() == Some(self)
            }

            fn clone_as_boxed<'v>(&self) -> Box<dyn Val + 'v>
            where
                Self: 'v,
            {
                Box::new(*self)
            }

            fn as_any(&self) -> Option<&dyn Any> {
                Some(self)
            }
        }

        impl StaticVal for $name {}

        impl Comparer for $name {
            fn compare(&self, other: &dyn Val) -> Result<Ordering, ExecutionError> {
                let other = other.downcast_ref::<Self>();
                other.map(|other| self.0.cmp(&other.0)).ok_or_else(|| mismatch("compare"))
            }
        }
    };
}

value!(Time, TIME);
value!(Span, SPAN);

impl Adder for Time {
    fn add<'b, 'v>(&'b self, other: &(dyn Val + 'v)) -> Result<CowVal<'b, 'v>, ExecutionError>
    where
        Self: 'v,
    {
        match other.downcast_ref::<Span>() {
            Some(span) => in_range(self.0.checked_add(span.0)).map(|ms| CowVal::owned(Self(ms))),
            None => Err(mismatch("_+_")),
        }
    }
}

impl Adder for Span {
    fn add<'b, 'v>(&'b self, other: &(dyn Val + 'v)) -> Result<CowVal<'b, 'v>, ExecutionError>
    where
        Self: 'v,
    {
        if let Some(time) = other.downcast_ref::<Time>() {
            return in_range(self.0.checked_add(time.0)).map(|ms| CowVal::owned(Time(ms)));
        }
        match other.downcast_ref::<Self>() {
            Some(span) => in_range(self.0.checked_add(span.0)).map(|ms| CowVal::owned(Self(ms))),
            None => Err(mismatch("_+_")),
        }
    }
}

impl Subtractor for Time {
    fn sub<'b, 'v>(&'b self, other: &(dyn Val + 'v)) -> Result<CowVal<'b, 'v>, ExecutionError>
    where
        Self: 'v,
    {
        if let Some(time) = other.downcast_ref::<Self>() {
            return in_range(self.0.checked_sub(time.0)).map(|ms| CowVal::owned(Span(ms)));
        }
        match other.downcast_ref::<Span>() {
            Some(span) => in_range(self.0.checked_sub(span.0)).map(|ms| CowVal::owned(Self(ms))),
            None => Err(mismatch("_-_")),
        }
    }
}

impl Subtractor for Span {
    fn sub<'b, 'v>(&'b self, other: &(dyn Val + 'v)) -> Result<CowVal<'b, 'v>, ExecutionError>
    where
        Self: 'v,
    {
        match other.downcast_ref::<Self>() {
            Some(span) => in_range(self.0.checked_sub(span.0)).map(|ms| CowVal::owned(Self(ms))),
            None => Err(mismatch("_-_")),
        }
    }
}

fn mismatch(operator: &str) -> ExecutionError {
    ExecutionError::no_such_overload(operator, Vec::new())
}

fn in_range(ms: Option<i64>) -> Result<i64, ExecutionError> {
    ms.ok_or_else(|| ExecutionError::function_error("timestamp", "out of range"))
}

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A length of time as CEL writes it: numbers with their units, `1h30m`, `0.5s`, `-10m`; days and weeks too.
pub(crate) fn span(text: &str) -> Option<Span> {
    let (sign, text) = match text.strip_prefix('-') {
        Some(text) => (-1, text),
        None => (1, text),
    };
    if let Some(ms) = crible_sdk::duration(text).and_then(|span| i64::try_from(span.as_millis()).ok()) {
        return Some(Span(sign * ms));
    }
    // Parts of seconds, the only ones that people write.
    let seconds = text.strip_suffix('s').filter(|of| of.bytes().all(|b| b.is_ascii_digit() || b == b'.'))?;
    let (whole, part) = seconds.split_once('.')?;
    let (whole, part) = (whole.parse::<i64>().ok()?, format!("{part:0<3}").get(..3)?.parse::<i64>().ok()?);
    Some(Span(sign * whole.checked_mul(SECOND)?.checked_add(part)?))
}

type Answer<'b, 'v> = Result<CowVal<'b, 'v>, ExecutionError>;

fn text_of<'a>(taken: &'a [CowVal<'_, '_>]) -> &'a str {
    taken.first().and_then(|value| value.downcast_ref::<CelString<'_>>()).map_or("", |text| text.inner())
}

fn to_span<'b, 'v>(taken: Vec<CowVal<'b, 'v>>) -> Answer<'b, 'v> {
    let span = span(text_of(&taken)).ok_or_else(|| ExecutionError::function_error("duration", ""))?;
    Ok(CowVal::owned(span))
}

fn to_time<'b, 'v>(taken: Vec<CowVal<'b, 'v>>) -> Answer<'b, 'v> {
    let ms = crible_sdk::instant(text_of(&taken));
    ms.map(|ms| CowVal::owned(Time(ms))).ok_or_else(|| ExecutionError::function_error("timestamp", ""))
}

/// A function that takes a time or a span in ms and gives a number.
macro_rules! getter {
    ($env:ident, $name:literal, $value:ident, $type:ident, $of:expr) => {
        // Each has a name of its own: none can be there already.
        let _ = $env.add_member_overload(
            $name,
            concat!($name, stringify!($value)),
            $type.to_owned(),
            vec![],
            |taken| {
                let ms = taken.first().and_then(|value| value.downcast_ref::<$value>()).map_or(0, |of| of.0);
                let of: fn(i64) -> i64 = $of;
                Ok(CowVal::owned(CelInt::from(of(ms))))
            },
        );
    };
}

/// Declare the functions of times and spans.
pub(crate) fn declare(env: &mut Env) {
    let _ = env.add_overload("duration", "text_to_span", vec![STRING_TYPE], to_span);
    let _ = env.add_overload("timestamp", "text_to_time", vec![STRING_TYPE], to_time);
    let _ = env.add_overload("int", "time_to_int", vec![TIME.to_owned()], |taken| {
        let ms = taken.first().and_then(|value| value.downcast_ref::<Time>()).map_or(0, |of| of.0);
        Ok(CowVal::owned(CelInt::from(ms.div_euclid(SECOND))))
    });
    getter!(env, "getFullYear", Time, TIME, |ms| crible_sdk::date(ms.div_euclid(DAY)).0);
    // Months and days of months are counted from 0 in CEL, as in JavaScript; `getDate` counts from 1.
    getter!(env, "getMonth", Time, TIME, |ms| crible_sdk::date(ms.div_euclid(DAY)).1 - 1);
    getter!(env, "getDate", Time, TIME, |ms| crible_sdk::date(ms.div_euclid(DAY)).2);
    getter!(env, "getDayOfMonth", Time, TIME, |ms| crible_sdk::date(ms.div_euclid(DAY)).2 - 1);
    // The first day of 1970 was a Thursday, and 0 is Sunday.
    getter!(env, "getDayOfWeek", Time, TIME, |ms| (ms.div_euclid(DAY) + 4).rem_euclid(7));
    getter!(env, "getHours", Time, TIME, |ms| ms.rem_euclid(DAY) / HOUR);
    getter!(env, "getMinutes", Time, TIME, |ms| ms.rem_euclid(HOUR) / MINUTE);
    getter!(env, "getSeconds", Time, TIME, |ms| ms.rem_euclid(MINUTE) / SECOND);
    getter!(env, "getHours", Span, SPAN, |ms| ms / HOUR);
    getter!(env, "getMinutes", Span, SPAN, |ms| ms / MINUTE);
    getter!(env, "getSeconds", Span, SPAN, |ms| ms / SECOND);
    getter!(env, "getMilliseconds", Span, SPAN, |ms| ms);
}
