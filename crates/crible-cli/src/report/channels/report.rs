//! The channels for people.

use crible::Loaded;

use crate::args::ReportChannels;
use crate::figures::count;
use crate::language::Language;
use crate::report::channels::leads::{Channel, Leads, Pair};
use crate::report::channels::{Found, sentences};
use crate::report::sheet::{Sheet, joined};
use crate::said::plain;
use crate::table::{self, NOTHING};
use crate::wrap::fit;

/// Columns that a channel's name may take.
const NAME: usize = 28;

/// Which channel was first, how often, and by how much.
pub(crate) fn report(loaded: &Loaded, found: &Found, args: &ReportChannels, language: Language) -> String {
    let sheet = Sheet::new(language);
    let leads = &found.leads;
    let headline =
        sentences::headline(loaded.name(), &args.on, found.messages, leads.stories, leads.shared, language);
    let notes = [
        (leads.shared == 0).then(|| sentences::none_shared(language).to_owned()),
        (leads.shared > 0).then(|| sentences::how_to_read(language).to_owned()),
        (leads.tied > 0).then(|| sentences::tied(leads.tied, language)),
        sentences::left_out(found, language),
    ];
    let notes = notes.into_iter().flatten().map(|note| sheet.note(&note)).collect();
    let parts = [
        vec![sheet.title(&headline)],
        channels(&sheet, leads, args.show),
        pairs(&sheet, leads, args.show),
        notes,
    ];
    joined(&parts)
}

fn channels(sheet: &Sheet, leads: &Leads, show: usize) -> Vec<String> {
    let ranked = leads.ranked();
    if ranked.is_empty() {
        return Vec::new();
    }
    let mut rows = vec![sentences::heads(sheet.language).map(str::to_owned).to_vec()];
    rows.extend(ranked.iter().take(show).map(|channel| row(sheet, channel)));
    let mut lines = table::lines(&rows, sheet.colour);
    lines.extend(hidden(sheet, ranked.len(), show));
    lines
}

fn row(sheet: &Sheet, channel: &Channel) -> Vec<String> {
    let figure = |number| if number == 0 { NOTHING.to_owned() } else { count(number, sheet.language) };
    let time = |median: Option<i64>| median.map_or(NOTHING.to_owned(), |ms| sheet.time(ms));
    let first = match channel.shared() {
        0 => NOTHING.to_owned(),
        shared => sheet.of(channel.first, shared),
    };
    vec![
        fit(&plain(&channel.name), NAME),
        figure(channel.stories),
        figure(channel.alone),
        first,
        time(channel.ahead.median()),
        time(channel.behind.median()),
    ]
}

/// Who is before whom: the same as above where there are two channels alone.
fn pairs(sheet: &Sheet, leads: &Leads, show: usize) -> Vec<String> {
    let pairs = leads.pairs();
    if pairs.len() < 2 {
        return Vec::new();
    }
    let mut rows = vec![sentences::pair_heads(sheet.language).map(str::to_owned).to_vec()];
    rows.extend(pairs.iter().take(show).map(|pair| pair_row(sheet, leads, pair)));
    let mut lines = vec![sheet.title(sentences::pairs_title(sheet.language))];
    lines.extend(table::lines(&rows, sheet.colour));
    lines.extend(hidden(sheet, pairs.len(), show));
    lines
}

fn pair_row(sheet: &Sheet, leads: &Leads, pair: &Pair) -> Vec<String> {
    let name = |place: usize| fit(&plain(&leads.channels[pair.channels[place]].name), NAME);
    let ahead = usize::from(pair.before[1] > pair.before[0]);
    // All in all: where neither is ahead there is nothing to say.
    let leads = pair.before[ahead] * 2 > pair.stories;
    let by = pair.later.median().filter(|_| leads).map_or(NOTHING.to_owned(), |ms| sheet.time(ms));
    vec![
        sentences::before(&name(ahead), &name(1 - ahead), sheet.language),
        sheet.of(pair.before[ahead], pair.stories),
        by,
    ]
}

fn hidden(sheet: &Sheet, all: usize, shown: usize) -> Option<String> {
    let hidden = all.saturating_sub(shown);
    (hidden > 0).then(|| sentences::others(hidden as u64, sheet.language))
}
