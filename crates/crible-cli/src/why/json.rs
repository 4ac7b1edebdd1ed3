//! The answers for machines.

use crible::{Account, Ending, Extent, Fate};
use serde_json::{Value, json};

/// All readings of a message, and how much is remembered at all; times are in ms since 1970.
pub(crate) fn readings(id: &str, accounts: &[Account], extent: &Extent) -> Value {
    json!({
        "id": id,
        "readings": accounts.iter().map(account).collect::<Vec<_>>(),
        "remembered": { "since": extent.since, "endings": extent.endings },
    })
}

/// What was dropped.
pub(crate) fn dropped(accounts: &[Account]) -> Value {
    json!({ "dropped": accounts.iter().map(account).collect::<Vec<_>>() })
}

fn account(account: &Account) -> Value {
    json!({ "message": account.message, "endings": account.endings.iter().map(ending).collect::<Vec<_>>() })
}

fn ending(ending: &Ending) -> Value {
    let Ending { fate, stage, at, score, whys } = ending;
    let is = match fate {
        Fate::Kept => "kept",
        Fate::Dropped => "dropped",
        Fate::Held => "held",
        Fate::Failed => "failed",
    };
    let at = Some(*at).filter(|&at| at != 0);
    json!({ "is": is, "stage": stage, "at": at, "score": score, "why": whys })
}
