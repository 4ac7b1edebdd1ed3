//! The stream and the feedback as bytes: a version, a fingerprint of the model, the stream's sums, then for
//! the words of the stream and for both kinds of features that feedback taught how many are not zero, and each
//! with the distance from the one before. Numbers are little-endian.

use crible_sdk::ConfigError;
use crible_sdk::snapshot::{read_short, take, unreadable, write_short};

use crate::classifier::Classifier;
use crate::feedback::Weight;
use crate::stream::{Count, Stream};

const VERSION: u8 = 3;

pub(crate) fn write(classifier: &Classifier, fingerprint: u64) -> Vec<u8> {
    let Classifier { stream, feedback, .. } = classifier;
    let mut out = vec![VERSION];
    out.extend_from_slice(&fingerprint.to_le_bytes());
    for number in [stream.all.messages, stream.all.margins, stream.squares] {
        out.extend_from_slice(&number.to_le_bytes());
    }
    write_pairs(stream.words.iter().map(|count| [count.messages, count.margins]), &mut out);
    out.extend_from_slice(&feedback.since.to_le_bytes());
    out.extend_from_slice(&feedback.lessons.to_le_bytes());
    for weights in [&feedback.words, &feedback.letters] {
        write_pairs(weights.iter().map(|weight| [weight.of, weight.taught]), &mut out);
    }
    out
}

fn write_pairs(pairs: impl Iterator<Item = [f32; 2]> + Clone, out: &mut Vec<u8>) {
    let used = || pairs.clone().enumerate().filter(|(_, pair)| *pair != [0.0; 2]);
    write_short(used().count() as u64, out);
    let mut next = 0;
    for (place, pair) in used() {
        write_short((place - next) as u64, out);
        next = place + 1;
        pair.iter().for_each(|number| out.extend_from_slice(&number.to_le_bytes()));
    }
}

/// Read what was remembered. Of another model's stream nothing is taken: its margins mean nothing to this one.
pub(crate) fn read(bytes: &[u8], fingerprint: u64, classifier: &mut Classifier) -> Result<(), ConfigError> {
    read_all(bytes, fingerprint, classifier)
        .ok_or_else(|| unreadable("what feedback taught is then forgotten, and the examples remain."))
}

fn read_all(bytes: &[u8], fingerprint: u64, classifier: &mut Classifier) -> Option<()> {
    let rest = &mut &*bytes;
    if take::<1>(rest)? != [VERSION] {
        return None;
    }
    let same_model = u64::from_le_bytes(take(rest)?) == fingerprint;
    let mut stream = Stream::new();
    stream.all = Count { messages: take_f32(rest)?, margins: take_f32(rest)? };
    stream.squares = take_f32(rest)?;
    read_pairs(rest, &mut *stream.words, |messages, margins| Count { messages, margins })?;
    let feedback = &mut classifier.feedback;
    feedback.since = i64::from_le_bytes(take(rest)?);
    feedback.lessons = u32::from_le_bytes(take(rest)?);
    if feedback.lessons > 0 {
        feedback.open();
    }
    read_pairs(rest, &mut feedback.words, |of, taught| Weight { of, taught })?;
    read_pairs(rest, &mut feedback.letters, |of, taught| Weight { of, taught })?;
    if same_model {
        classifier.stream = stream;
    }
    rest.is_empty().then_some(())
}

fn read_pairs<T>(rest: &mut &[u8], out: &mut [T], pair: impl Fn(f32, f32) -> T) -> Option<()> {
    let mut next = 0;
    for _ in 0..read_short(rest)? {
        let place = usize::try_from(read_short(rest)?).ok()?.checked_add(next)?;
        *out.get_mut(place)? = pair(take_f32(rest)?, take_f32(rest)?);
        next = place + 1;
    }
    Some(())
}

/// A number that is one.
pub(crate) fn take_f32(rest: &mut &[u8]) -> Option<f32> {
    Some(f32::from_le_bytes(take(rest)?)).filter(|number| number.is_finite())
}
