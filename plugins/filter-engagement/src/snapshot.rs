//! What was learned as bytes: a version, what is usual in the stream and for each size, the number of authors,
//! and for each, the longest silent first, the hash, what is usual of all messages but the latest, whether any
//! was counted, the number of the latest, the place of the next one, and those. Numbers are little-endian.

use crible_sdk::ConfigError;
use crible_sdk::snapshot::{take, unreadable};

use crate::authors::{Author, Authors, RECENT, Recent};
use crate::normal::{Normal, Sample};
use crate::stream::Stream;

const VERSION: u8 = 1;

pub(crate) fn write(stream: &Stream, authors: &Authors) -> Vec<u8> {
    let mut out = Vec::with_capacity(1024 + 72 * authors.len());
    out.push(VERSION);
    write_normal(stream.all, &mut out);
    stream.sizes.iter().for_each(|&normal| write_normal(normal, &mut out));
    out.extend_from_slice(&(authors.len() as u32).to_le_bytes());
    for (hash, author) in authors.iter() {
        out.extend_from_slice(&hash.to_le_bytes());
        write_normal(author.past, &mut out);
        out.push(u8::from(author.counted));
        out.push(author.latest);
        out.push(author.next);
        for &Recent { id, sample } in &author.recent[..usize::from(author.latest)] {
            out.extend_from_slice(&id.to_le_bytes());
            write_sample(sample, &mut out);
        }
    }
    out
}

fn write_normal(Normal { messages, sum }: Normal, out: &mut Vec<u8>) {
    out.extend_from_slice(&messages.to_le_bytes());
    write_sample(sum, out);
}

fn write_sample(Sample { weight, level }: Sample, out: &mut Vec<u8>) {
    out.extend_from_slice(&weight.to_le_bytes());
    out.extend_from_slice(&level.to_le_bytes());
}

pub(crate) fn read(bytes: &[u8], most: usize) -> Result<(Stream, Authors), ConfigError> {
    read_all(bytes, most).ok_or_else(|| unreadable("what is usual is then learned anew."))
}

fn read_all(bytes: &[u8], most: usize) -> Option<(Stream, Authors)> {
    let mut rest = bytes;
    let rest = &mut rest;
    if take::<1>(rest)? != [VERSION] {
        return None;
    }
    let mut stream = Stream::new();
    stream.all = read_normal(rest)?;
    for normal in &mut stream.sizes {
        *normal = read_normal(rest)?;
    }
    let mut authors = Authors::new(most);
    for _ in 0..u32::from_le_bytes(take(rest)?) {
        let hash = u64::from_le_bytes(take(rest)?);
        let mut author = Author { past: read_normal(rest)?, ..Author::default() };
        let [counted, latest, next] = take(rest)?;
        author.counted = counted != 0;
        (author.latest, author.next) = (latest, next);
        for recent in author.recent.get_mut(..usize::from(latest))? {
            let id = u32::from_le_bytes(take(rest)?);
            *recent = Recent { id, sample: read_sample(rest)? };
        }
        if usize::from(next) >= RECENT {
            return None;
        }
        authors.insert(hash, author);
    }
    rest.is_empty().then_some((stream, authors))
}

fn read_normal(rest: &mut &[u8]) -> Option<Normal> {
    let messages = read_number(rest)?;
    Some(Normal { messages, sum: read_sample(rest)? })
}

fn read_sample(rest: &mut &[u8]) -> Option<Sample> {
    let weight = read_number(rest)?;
    Some(Sample { weight, level: read_number(rest)? })
}

fn read_number(rest: &mut &[u8]) -> Option<f32> {
    Some(f32::from_le_bytes(take(rest)?)).filter(|number| number.is_finite())
}
