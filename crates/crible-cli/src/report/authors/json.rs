//! The authors for machines.

use crible::Loaded;
use serde_json::{Value, json};

use crate::args::ReportAuthors;
use crate::report::authors::Found;
use crate::report::authors::account::{Account, Evidence};
use crate::report::authors::persons::{Because, Person};
use crate::report::authors::standing::{Field, Specialist, bounds};

/// All that was found as one object. What is about no theme has `null` as its theme.
pub(crate) fn json(loaded: &Loaded, found: &Found<'_>, args: &ReportAuthors) -> Value {
    json!({
        "pipeline": loaded.name(),
        "file": args.on.to_string_lossy(),
        "messages": found.messages,
        "malformed": found.malformed,
        "told_already": found.retold,
        "without_author": found.without_author,
        "authors": found.persons.len(),
        "authors_forgotten": found.forgotten,
        "themes": found.fields.iter().map(|of| field(of, args.show)).collect::<Vec<_>>(),
        "same_person": found.on_several().map(same_person).collect::<Vec<_>>(),
    })
}

fn field(of: &Field<'_>, show: usize) -> Value {
    json!({
        "theme": Some(&of.theme.name).filter(|name| !name.is_empty()),
        "messages": of.theme.written,
        "kept": of.theme.kept,
        "specialists": of.specialists.iter().take(show).map(specialist).collect::<Vec<_>>(),
        "more_specialists": of.specialists.len().saturating_sub(show),
        "others": of.others,
    })
}

fn specialist(of: &Specialist<'_>) -> Value {
    let (tally, person) = (&of.tally, of.person);
    json!({
        "handle": person.main().handle,
        "name": person.main().name,
        "standing": rounded(of.standing),
        "kept": tally.kept,
        "written": tally.written,
        "kept_at_least": rounded(bounds(tally.kept, tally.written)[0]),
        "written_in_all": person.written(),
        "share": rounded(tally.written as f64 / person.written().max(1) as f64),
        "told_already": person.retold(),
        "channels": accounts(person),
        "evidence": tally.best.iter().map(evidence).collect::<Vec<_>>(),
    })
}

fn same_person(of: &Person) -> Value {
    let because = of.because.iter().map(|why| match why {
        Because::HandleAndName => json!({ "same": "handle and name" }),
        Because::Home(address) => json!({ "same": "home page", "address": address }),
    });
    json!({
        "handle": of.main().handle,
        "name": of.main().name,
        "channels": accounts(of),
        "because": because.collect::<Vec<_>>(),
    })
}

fn accounts(of: &Person) -> Vec<Value> {
    let account = |of: &Account| {
        json!({ "channel": of.channel, "handle": of.handle, "name": of.name, "written": of.written,
            "kept": of.kept, "told_already": of.retold })
    };
    of.accounts.iter().map(account).collect()
}

fn evidence(of: &Evidence) -> Value {
    json!({ "id": of.id, "url": of.url, "created_at": of.created_at, "score": of.score, "text": of.text })
}

/// To four decimals: more would pretend to know more, and differ between machines.
fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}
