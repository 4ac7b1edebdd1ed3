//! The authors for people.

use crible::Loaded;
use crible_sdk::date;

use crate::args::ReportAuthors;
use crate::language::Language;
use crate::report::authors::account::{Account, Evidence};
use crate::report::authors::persons::Person;
use crate::report::authors::standing::{Field, Specialist};
use crate::report::authors::{Found, sentences};
use crate::report::sheet::{Sheet, joined};
use crate::said::{plain, score};
use crate::table;
use crate::wrap::{columns, fit};

/// Columns that a handle and a name may take, and the address of a message.
const NAME: usize = 32;
const ADDRESS: usize = 36;
/// Channels of an author that are named one by one.
const CHANNELS: usize = 4;
const DAY: i64 = 24 * 60 * 60 * 1000;

/// The specialists of each theme, and the channels where the same person writes.
pub(crate) fn report(loaded: &Loaded, found: &Found<'_>, args: &ReportAuthors, language: Language) -> String {
    let sheet = Sheet::new(language);
    let persons = found.persons.len() as u64;
    let headline = sentences::headline(loaded.name(), &args.on, found.messages, persons, language);
    let mut parts = vec![vec![sheet.title(&headline)]];
    let fields = found.fields.iter().filter(|field| !field.specialists.is_empty() || field.others > 0);
    let named = fields.filter(|field| !field.specialists.is_empty() || !field.theme.name.is_empty());
    parts.extend(named.map(|field| of_theme(&sheet, field, args.show)));
    if found.fields.iter().all(|field| field.specialists.is_empty()) {
        parts.push(vec![sheet.note(&sentences::nobody(language))]);
    }
    parts.push(same_persons(&sheet, found, args));
    let notes = [
        (!found.has_themes()).then(|| sentences::no_themes(language).to_owned()),
        (found.retold > 0).then(|| sentences::told_already(found.retold, language)),
        (found.without_author > 0).then(|| sentences::without_author(found.without_author, language)),
        (found.forgotten > 0).then(|| sentences::forgotten(found.forgotten, language)),
    ];
    parts.push(notes.into_iter().flatten().map(|note| sheet.note(&note)).collect());
    joined(&parts)
}

fn of_theme(sheet: &Sheet, field: &Field<'_>, show: usize) -> Vec<String> {
    let theme = field.theme;
    let mut lines =
        vec![sheet.title(&sentences::theme(&theme.name, theme.kept, theme.written, sheet.language))];
    let shown = &field.specialists[..field.specialists.len().min(show)];
    let [author, kept, focus, channels_head] = sentences::heads(sheet.language);
    let mut rows = vec![[author, kept, focus].map(str::to_owned).to_vec()];
    rows.extend(shown.iter().map(|of| row(sheet, of)));
    let mut table = table::lines(&rows, false).into_iter();
    if let (Some(head), false) = (table.next(), shown.is_empty()) {
        lines.push(sheet.aside(&format!("{head}   {channels_head}")));
    }
    for (of, line) in shown.iter().zip(table) {
        lines.push(fit(&format!("{line}   {}", channels(sheet, of.person)), sheet.width));
        lines.extend(of.tally.best.iter().map(|evidence| self::evidence(sheet, evidence)));
    }
    let hidden = field.specialists.len() - shown.len();
    if hidden > 0 {
        lines.push(sentences::more(hidden as u64, sheet.language));
    }
    if field.others > 0 {
        lines.push(sheet.aside(&sentences::others(field.others, field.specialists.len(), sheet.language)));
    }
    lines
}

fn row(sheet: &Sheet, of: &Specialist<'_>) -> Vec<String> {
    vec![
        fit(&called(of.person.main()), NAME),
        sheet.of(of.tally.kept, of.tally.written),
        sheet.percent(of.tally.written, of.person.written()),
    ]
}

/// A handle, and the name where there is another.
fn called(account: &Account) -> String {
    let (handle, name) = (plain(&account.handle), plain(&account.name));
    if name.is_empty() || name.to_lowercase() == handle.to_lowercase() {
        handle
    } else {
        format!("{handle} · {name}")
    }
}

fn channels(sheet: &Sheet, person: &Person) -> String {
    let mut names: Vec<String> = Vec::new();
    for account in &person.accounts {
        let name = channel(sheet, account);
        if !names.contains(&name) && names.len() <= CHANNELS {
            names.push(name);
        }
    }
    if names.len() > CHANNELS {
        names[CHANNELS] = "…".to_owned();
    }
    names.join(", ")
}

fn channel(sheet: &Sheet, account: &Account) -> String {
    match account.channel.as_str() {
        "" => sentences::no_channel(sheet.language).to_owned(),
        name => plain(name),
    }
}

/// One line: when, by what score, what, and where it can be read.
fn evidence(sheet: &Sheet, of: &Evidence) -> String {
    let address = if of.url.is_empty() { &of.id } else { &of.url };
    let address = fit(&plain(address), ADDRESS);
    let head = format!("  {}  {}  ", day(of.created_at), score(of.score, sheet.language));
    let room = sheet.width.saturating_sub(columns(&head) + columns(&address) + 2).max(16);
    sheet.aside(&format!("{head}{}  {address}", fit(&plain(&of.text), room)))
}

/// The day of a time, UTC.
fn day(ms: i64) -> String {
    match date(ms.div_euclid(DAY)) {
        (year @ 0..=9999, month, day) if ms != 0 => format!("{year:04}-{month:02}-{day:02}"),
        _ => "––––––––––".to_owned(),
    }
}

/// Those of whom there is evidence that they write on several channels.
fn same_persons(sheet: &Sheet, found: &Found<'_>, args: &ReportAuthors) -> Vec<String> {
    let several: Vec<&Person> = found.on_several().collect();
    if several.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![sheet.title(sentences::same_person(sheet.language))];
    for person in several.iter().take(args.show) {
        let main = person.main();
        let accounts = person.accounts.iter().take(CHANNELS).map(|account| {
            let handle = Some(plain(&account.handle)).filter(|_| account.handle != main.handle);
            let written = account.written + account.retold;
            sentences::account(&channel(sheet, account), written, handle.as_deref(), sheet.language)
        });
        let mut accounts: Vec<String> = accounts.collect();
        accounts.extend((person.accounts.len() > CHANNELS).then(|| "…".to_owned()));
        lines.push(fit(&format!("{}   {}", called(main), accounts.join(", ")), sheet.width));
        let because: Vec<String> =
            person.because.iter().map(|why| sentences::because(why, sheet.language)).collect();
        lines.push(sheet.aside(&format!("  {}", because.join(", "))));
    }
    let hidden = several.len().saturating_sub(args.show);
    if hidden > 0 {
        lines.push(sentences::more(hidden as u64, sheet.language));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_that_no_calendar_has_do_no_harm() {
        assert_eq!(day(1_773_475_920_000), "2026-03-14");
        assert_eq!(day(-1), "1969-12-31");
        for ms in [0, i64::MIN, i64::MAX] {
            assert_eq!(day(ms), "––––––––––");
        }
    }
}
