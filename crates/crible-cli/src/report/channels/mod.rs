//! `crible report channels`: which channel was first, how often, and by how much.

mod json;
mod leads;
mod report;
mod sample;
mod sentences;
mod stories;

use crible::{Kind, Loaded};

use crate::args::ReportChannels;
use crate::language::Language;
use crate::output::print;
use crate::report::channels::leads::Leads;
use crate::report::channels::stories::Stories;
use crate::report::replayed;
use crate::{WRONG, recorded, refusal};

/// The plugin that knows a story again.
const STORY: &str = "story";

/// What was found in a file.
struct Found {
    messages: u64,
    malformed: u64,
    without_channel: u64,
    of_other_channels: u64,
    without_date: u64,
    leads: Leads,
}

/// Say which channel was first with the stories that several told.
pub(crate) fn channels(args: &ReportChannels, language: Language) -> anyhow::Result<u8> {
    let (loaded, mut recording) = match replayed::open(&args.pipeline, &args.on) {
        Ok(opened) => opened,
        Err(error) => return Ok(refusal::tell_load_error(&error, language)),
    };
    // A plugin of the user's own may label stories too.
    if !knows_stories(&loaded) && !has_own_filter(&loaded) {
        return Ok(tell_no_stories(args, language));
    }
    let mut stories = Stories::default();
    let replayed =
        replayed::each(&loaded, &mut recording, |message, judgement| stories.note(&message, judgement));
    if let Err(error) = replayed {
        return Ok(refusal::tell_run_error(&error));
    }
    recorded::tell_malformed(&recording, language);
    if stories.labelled == 0 && !knows_stories(&loaded) {
        return Ok(tell_no_stories(args, language));
    }
    if stories.told == 0 && stories.without_channel > 0 {
        let (message, hint) = sentences::no_channels(&args.on, language);
        refusal::tell(&message, Some(&hint));
        return Ok(WRONG);
    }
    let found = Found {
        messages: stories.messages,
        malformed: recording.malformed(),
        without_channel: stories.without_channel,
        of_other_channels: stories.of_other_channels,
        without_date: stories.without_date,
        leads: stories.leads(),
    };
    if args.json {
        print(&format!("{:#}\n", json::json(&loaded, &found, args)))?;
    } else {
        print(&report::report(&loaded, &found, args, language))?;
    }
    Ok(0)
}

fn knows_stories(loaded: &Loaded) -> bool {
    let mut stages = loaded.plan().stages.iter();
    stages.any(|stage| stage.kind == Kind::Filter && stage.plugin.to_string() == STORY)
}

/// Whether a filter is a file rather than a bundled plugin.
fn has_own_filter(loaded: &Loaded) -> bool {
    let bundled = crible_bundle::plugins();
    let is_bundled = |name: &str| bundled.iter().any(|plugin| plugin.name == name);
    let mut stages = loaded.plan().stages.iter();
    stages.any(|stage| stage.kind == Kind::Filter && !is_bundled(&stage.plugin.to_string()))
}

fn tell_no_stories(args: &ReportChannels, language: Language) -> u8 {
    let (message, hint) = sentences::no_story_filter(&args.pipeline, language);
    refusal::tell(&message, Some(&hint));
    WRONG
}
