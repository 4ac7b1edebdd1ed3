//! Stages for tests: a source that counts, filters with a state, a sink that can go back.

use std::collections::HashSet;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use crible_core::{
    Deliveries, Filter, Message, Next, NumberField, Occasion, Page, Rows, Sink, Source, StageError,
    TextField, Verdict, Verdicts,
};
use crible_engine::{FilterStage, Node, OnError, Retry, SinkStage, SourceStage};

/// Lets a run crash at the n-th step of any of its stages; a negative count never does.
#[derive(Clone, Debug)]
pub(crate) struct Fuse(Arc<AtomicI64>);

impl Fuse {
    pub(crate) fn after(steps: i64) -> Self {
        Self(Arc::new(AtomicI64::new(steps)))
    }

    pub(crate) fn never() -> Self {
        Self::after(-1)
    }

    fn step(&self) -> Result<(), StageError> {
        match self.0.fetch_sub(1, Ordering::SeqCst) {
            0 => Err(StageError::fatal("crash")),
            _ => Ok(()),
        }
    }

    /// Whether the crash is still to come.
    pub(crate) fn is_left(&self) -> bool {
        self.0.load(Ordering::SeqCst) >= 0
    }
}

/// The n-th message: every third repeats an earlier text; scores and authors vary; time goes on.
pub(crate) fn message(n: u64) -> Message {
    let text = if n % 3 == 2 { n / 2 } else { n };
    Message {
        id: format!("m{n}"),
        author: format!("a{}", n * n % 7),
        text: format!("text {text}"),
        likes: (n * 7919 % 101) as i64,
        created_at: 1_000 + n as i64 * 10,
        ..Message::default()
    }
}

struct Counting {
    next: u64,
    end: u64,
    fuse: Fuse,
    committed: Arc<Mutex<u64>>,
}

impl Source for Counting {
    fn read(&mut self, max: usize, out: &mut Page) -> Result<(), StageError> {
        self.fuse.step()?;
        let until = (self.next + max as u64).min(self.end);
        (self.next..until).for_each(|n| out.messages.push(&message(n)));
        self.next = until;
        out.cursor = Some(until.to_le_bytes().to_vec());
        if until == self.end {
            out.next = Next::End;
        }
        Ok(())
    }

    fn commit(&mut self, cursor: &[u8]) -> Result<(), StageError> {
        *self.committed.lock().unwrap() = number(cursor);
        Ok(())
    }
}

fn number(bytes: &[u8]) -> u64 {
    u64::from_le_bytes(bytes.try_into().unwrap())
}

/// A source of so many messages; `committed` is told how many are durable.
pub(crate) fn counting(id: &str, end: u64, fuse: &Fuse, committed: &Arc<Mutex<u64>>) -> SourceStage {
    let (fuse, committed) = (fuse.clone(), Arc::clone(committed));
    let make = move |cursor: Option<&[u8]>| {
        let (fuse, committed) = (fuse.clone(), Arc::clone(&committed));
        Ok(Box::new(Counting { next: cursor.map_or(0, number), end, fuse, committed }) as Box<dyn Source>)
    };
    SourceStage { id: id.into(), make: Box::new(make) }
}

/// Drops texts that it has seen.
struct Once {
    seen: HashSet<String>,
    fuse: Fuse,
}

impl Filter for Once {
    fn judge(&mut self, rows: &Rows<'_>, out: &mut Verdicts) -> Result<(), StageError> {
        self.fuse.step()?;
        for message in rows.iter() {
            if !self.seen.insert(message.text().to_owned()) {
                out.drop(message.row(), "seen before");
            }
        }
        Ok(())
    }

    fn snapshot(&mut self) -> Result<Vec<u8>, StageError> {
        self.fuse.step()?;
        Ok(self.seen.iter().flat_map(|text| text.bytes().chain([0])).collect())
    }
}

pub(crate) fn filter<F: Filter + 'static>(
    id: &str,
    from: &[Node],
    make: impl Fn(Option<&[u8]>) -> F + Send + 'static,
) -> FilterStage {
    FilterStage {
        id: id.into(),
        from: from.to_vec(),
        on_error: OnError::DeadLetter,
        stateless: false,
        make: Box::new(move |state| Ok(Box::new(make(state)) as Box<dyn Filter>)),
    }
}

pub(crate) fn once(id: &str, from: &[Node], fuse: &Fuse) -> FilterStage {
    let fuse = fuse.clone();
    filter(id, from, move |state| {
        let texts = state.map(|bytes| String::from_utf8(bytes.to_vec()).unwrap()).unwrap_or_default();
        let seen = texts.split('\0').filter(|text| !text.is_empty()).map(str::to_owned).collect();
        Once { seen, fuse: fuse.clone() }
    })
}

/// Holds the message with the most likes of each window and drops the others.
struct Best {
    window: i64,
    /// Window, likes, seq.
    best: Option<(i64, i64, u64)>,
    fuse: Fuse,
}

impl Filter for Best {
    fn judge(&mut self, rows: &Rows<'_>, out: &mut Verdicts) -> Result<(), StageError> {
        self.fuse.step()?;
        for message in rows.iter() {
            let window = message.time() / self.window;
            let likes = message.number(NumberField::Likes);
            match self.best {
                Some((of, _, seq)) if of != window => {
                    out.release(seq, Verdict::Keep, 1.0, "the best of its window", "");
                }
                Some((_, most, _)) if most >= likes => {
                    out.drop(message.row(), "not the best");
                    continue;
                }
                Some((_, _, seq)) => out.release(seq, Verdict::Drop, 0.0, "not the best", ""),
                None => {}
            }
            self.best = Some((window, likes, message.seq()));
            out.hold(message.row());
        }
        Ok(())
    }

    fn release(&mut self, occasion: Occasion, _now: i64, out: &mut Verdicts) -> Result<(), StageError> {
        if occasion == Occasion::End
            && let Some((_, _, seq)) = self.best.take()
        {
            out.release(seq, Verdict::Keep, 1.0, "the best of its window", "");
        }
        Ok(())
    }

    fn snapshot(&mut self) -> Result<Vec<u8>, StageError> {
        self.fuse.step()?;
        let best = self.best.map(|(window, likes, seq)| [window as u64, likes as u64, seq]);
        Ok(best.iter().flatten().flat_map(|number| number.to_le_bytes()).collect())
    }
}

pub(crate) fn best(id: &str, from: &[Node], window: i64, fuse: &Fuse) -> FilterStage {
    let fuse = fuse.clone();
    filter(id, from, move |state| {
        let numbers: Vec<u64> = state.unwrap_or_default().chunks(8).map(number).collect();
        let best = (!numbers.is_empty()).then(|| (numbers[0] as i64, numbers[1] as i64, numbers[2]));
        Best { window, best, fuse: fuse.clone() }
    })
}

/// What a file would hold: written at once, cut back when a run resumes.
pub(crate) type Paper = Arc<Mutex<Vec<String>>>;

struct Writing {
    paper: Paper,
    fuse: Fuse,
}

impl Sink for Writing {
    fn write(&mut self, rows: &Rows<'_>, _out: &mut Deliveries) -> Result<(), StageError> {
        for message in rows.iter() {
            self.fuse.step()?;
            let line = format!(
                "{} {} {}",
                message.text_of(TextField::Id),
                message.score(),
                rows.whys().get(message.row())
            );
            self.paper.lock().unwrap().push(line);
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<Vec<u8>, StageError> {
        self.fuse.step()?;
        Ok((self.paper.lock().unwrap().len() as u64).to_le_bytes().to_vec())
    }
}

pub(crate) fn sink<S: Sink + 'static>(
    id: &str,
    from: &[Node],
    make: impl Fn(Option<&[u8]>) -> S + Send + 'static,
) -> SinkStage {
    let retry = Retry { most: 3, first: std::time::Duration::from_millis(1), ..Retry::default() };
    let make = Box::new(move |state: Option<&[u8]>| Ok(Box::new(make(state)) as Box<dyn Sink>));
    SinkStage { id: id.into(), from: from.to_vec(), retry, make }
}

pub(crate) fn writing(id: &str, from: &[Node], paper: &Paper, fuse: &Fuse) -> SinkStage {
    let (paper, fuse) = (Arc::clone(paper), fuse.clone());
    sink(id, from, move |state| {
        if let Some(state) = state {
            paper.lock().unwrap().truncate(number(state) as usize);
        }
        Writing { paper: Arc::clone(&paper), fuse: fuse.clone() }
    })
}
