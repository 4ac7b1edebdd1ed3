//! The channels for machines.

use crible::Loaded;
use serde_json::{Value, json};

use crate::args::ReportChannels;
use crate::report::channels::Found;
use crate::report::channels::leads::{Channel, Leads, Pair};

/// All figures as one object, times in ms. What cannot be said (by how much nobody was first) is `null`.
pub(crate) fn json(loaded: &Loaded, found: &Found, args: &ReportChannels) -> Value {
    let leads = &found.leads;
    json!({
        "pipeline": loaded.name(),
        "file": args.on.to_string_lossy(),
        "messages": found.messages,
        "malformed": found.malformed,
        "without_channel": found.without_channel,
        "of_other_channels": found.of_other_channels,
        "without_date": found.without_date,
        "stories": leads.stories,
        "shared": leads.shared,
        "tied": leads.tied,
        "channels": leads.ranked().into_iter().map(channel).collect::<Vec<_>>(),
        "pairs": leads.pairs().into_iter().map(|of| pair(leads, of)).collect::<Vec<_>>(),
    })
}

fn channel(of: &Channel) -> Value {
    json!({
        "channel": of.name,
        "stories": of.stories,
        "alone": of.alone,
        "shared": of.shared(),
        "first": of.first,
        "median_ms_ahead": of.ahead.median(),
        "median_ms_behind": of.behind.median(),
    })
}

fn pair(leads: &Leads, of: &Pair) -> Value {
    json!({
        "channels": of.channels.map(|place| &leads.channels[place].name),
        "stories": of.stories,
        "before": of.before,
        "median_ms_later": of.later.median(),
    })
}
