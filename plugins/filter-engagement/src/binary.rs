//! Logarithms and powers of two from sums, products and quotients alone: every machine has the same ones,
//! which it has not of its own `ln` and `exp`.

use std::f64::consts::{LN_2, SQRT_2};

const MANTISSA: u64 = (1 << 52) - 1;
const BIAS: i64 = 1023;

/// log2 of a number from 2^-1000 to 2^1000, to nine decimals: the series of the inverse hyperbolic tangent,
/// ln x = 2 artanh((x - 1) / (x + 1)).
pub(crate) fn log2(number: f64) -> f64 {
    let bits = number.to_bits();
    let mut exponent = (bits >> 52) as i64 - BIAS;
    let mut mantissa = f64::from_bits((bits & MANTISSA) | ((BIAS as u64) << 52));
    if mantissa > SQRT_2 {
        mantissa /= 2.0;
        exponent += 1;
    }
    let ratio = (mantissa - 1.0) / (mantissa + 1.0);
    let square = ratio * ratio;
    let series = 1.0 + square * (1.0 / 3.0 + square * (0.2 + square * (1.0 / 7.0 + square * (1.0 / 9.0))));
    exponent as f64 + 2.0 / LN_2 * ratio * series
}

/// 1 / n! for n from 9 down to 1: the series of the exponential function.
const EXPONENTIAL: [f64; 9] = [
    1.0 / 362_880.0,
    1.0 / 40_320.0,
    1.0 / 5_040.0,
    1.0 / 720.0,
    1.0 / 120.0,
    1.0 / 24.0,
    1.0 / 6.0,
    0.5,
    1.0,
];

/// 2 to a power from -1000 to 1000, to nine decimals.
pub(crate) fn exp2(power: f64) -> f64 {
    let whole = (power + 1024.5) as i64 - 1024;
    let rest = (power - whole as f64) * LN_2;
    let series = EXPONENTIAL.iter().fold(0.0, |sum, of| (sum + of) * rest) + 1.0;
    f64::from_bits(((whole + BIAS) as u64) << 52) * series
}

#[cfg(test)]
mod tests {
    use super::{exp2, log2};

    #[test]
    fn they_are_those_of_the_books() {
        for number in [0.001, 0.7, 1.0, 1.4, 1.42, 2.0, 3.0, 40.5, 5000.0, 1e12] {
            assert!((log2(number) - f64::log2(number)).abs() < 1e-9, "{number}");
            assert!((exp2(log2(number)) / number - 1.0).abs() < 1e-8, "{number}");
        }
        assert_eq!((log2(8.0), exp2(5.0)), (3.0, 32.0));
    }
}
