//! From a config's text to stages that can be made, or all that is wrong with it.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use crible_config::{Config, PluginRef, Problem, Problems, StagePlan};
use crible_core::{ConfigError, Kind, StageError};
use crible_host_wasm::ConfigureError;

use crate::contents;
use crate::crible::Surroundings;
use crate::error::{LoadError, PluginError, Refused};
use crate::files;
use crate::joins;
use crate::live;
use crate::loaded::Loaded;
use crate::plugin::Plugin;
use crate::pupil::Pupil;
use crate::shared_files;
use crate::shelf::Shelf;
use crate::stage::Stage;

/// The plugins that a config names, as far as they can be loaded.
type Plugins = HashMap<(Kind, PluginRef), Arc<Plugin>>;

/// What a config is loaded for.
#[derive(Clone, Copy)]
pub(crate) enum Purpose<'a> {
    /// To run.
    Run,
    /// To have its filters judge: what its sources would read and its sinks write need not be there.
    Judge,
    /// The same, with a stage that is taught.
    Teach(&'a str, Pupil<'a>),
}

impl Purpose<'_> {
    /// What is wrong with the files that a stage's options name.
    fn file_problems(self, plan: &StagePlan, folder: &Path) -> Vec<Problem> {
        match (self, plan.kind) {
            (Self::Run, _) | (_, Kind::Filter) => files::problems(plan, folder),
            (Self::Judge | Self::Teach(..), Kind::Source | Kind::Sink) => Vec::new(),
        }
    }
}

pub(crate) fn check(
    shelf: &Shelf,
    surroundings: &Surroundings,
    name: &str,
    text: &str,
    folder: &Path,
    purpose: Purpose<'_>,
) -> Result<Loaded, LoadError> {
    let told = |problems| Refused { name: name.to_owned(), text: text.to_owned(), problems };
    let refused = |problems| LoadError::Refused(told(problems));
    let bundled: Vec<(Kind, &str)> = shelf.names().collect();
    let config = Config::parse(text, &bundled, &*surroundings.variables).map_err(refused)?;
    let (plugins, mut problems) = fetch(shelf, &config, folder);
    let plugin_of = |kind: Kind, plugin: &PluginRef| plugins.get(&(kind, plugin.clone()));
    let mut review =
        config.review(&|stage| plugin_of(stage.kind, &stage.plugin).map(|plugin| &plugin.spec().config));
    let mut stages = Vec::with_capacity(review.stages.len());
    if let Purpose::Teach(stage, _) = purpose {
        refuse_unteachable(&config, stage, &plugin_of)?;
    }
    for reviewed in &mut review.stages {
        let plan = &mut reviewed.plan;
        let Some(plugin) = plugin_of(plan.kind, &plan.plugin) else {
            problems.extend(purpose.file_problems(plan, folder));
            continue;
        };
        if let (Purpose::Teach(stage, pupil), Some(teaching)) = (purpose, &plugin.spec().teaching)
            && stage == plan.id
        {
            pupil.prepare(plan, teaching);
        }
        problems.extend(purpose.file_problems(plan, folder));
        let mut made = plan.clone();
        let unfilled = contents::fill(plan, plugin.spec().teaching.as_ref(), &mut made.config, folder);
        let is_filled = unfilled.is_empty();
        problems.extend(unfilled);
        let stage = Stage::new(&made, Arc::clone(plugin), folder, surroundings.console);
        // Whatever else is wrong with the file: all mistakes are told at once.
        if reviewed.sound
            && is_filled
            && let Err(error) = stage.check()
        {
            problems.push(unmade(&config, plan, error));
        }
        stages.push(stage);
    }
    problems.extend(files::pipeline_problems(&config, &review.pipeline, folder));
    problems.extend(shared_files::problems(&config, &review, folder));
    review.add(problems);
    let plan = review.plan().map_err(refused)?;
    let mut warnings = plan.warnings.0.clone();
    warnings.extend(live::warnings(&plan));
    warnings.extend(joins::warnings(&plan, &stages));
    Ok(Loaded::new(plan, stages, folder.to_owned(), told(Problems::in_order(warnings))))
}

/// Only a filter that says how can be taught.
fn refuse_unteachable<'a>(
    config: &Config,
    stage: &str,
    plugin_of: &impl Fn(Kind, &PluginRef) -> Option<&'a Arc<Plugin>>,
) -> Result<(), LoadError> {
    let stages = config.stages();
    let known = stages.iter().any(|of| of.id == stage);
    let mut teachable = Vec::new();
    for of in &stages {
        match plugin_of(of.kind, &of.plugin) {
            Some(plugin) if plugin.spec().teaching.is_some() => teachable.push(of.id.clone()),
            // What stands in its way is told otherwise.
            None if of.id == stage => return Ok(()),
            _ => {}
        }
    }
    if teachable.iter().any(|of| of == stage) {
        return Ok(());
    }
    Err(LoadError::Unteachable { stage: stage.to_owned(), known, teachable })
}

/// Load each plugin that a config names, once.
fn fetch(shelf: &Shelf, config: &Config, folder: &Path) -> (Plugins, Vec<Problem>) {
    let mut plugins = Plugins::new();
    let mut problems = Vec::new();
    for stage in config.stages() {
        let key = (stage.kind, stage.plugin.clone());
        if plugins.contains_key(&key) {
            continue;
        }
        let found = match &stage.plugin {
            PluginRef::Bundled(name) => shelf.named(stage.kind, name),
            PluginRef::Wasm(path) => shelf.file(&folder.join(path)),
        };
        match found {
            Ok(plugin) if plugin.kind() == stage.kind => {
                plugins.insert(key, plugin);
            }
            Ok(plugin) => problems.push(wrong_kind(&stage, &plugin)),
            Err(error) => problems.push(unloaded(&stage, &error, folder)),
        }
    }
    (plugins, problems)
}

fn wrong_kind(stage: &crible_config::Stage, plugin: &Plugin) -> Problem {
    let (is, wanted) = (plugin.kind(), stage.kind);
    Problem::new(
        "wrong-kind",
        stage.plugin_span.clone(),
        format!("`{}` is a {is}, not a {wanted}", stage.plugin),
        format!("this stage is a {wanted}"),
    )
    .with_help(format!("write it as a `[[{is}]]`"))
}

fn unloaded(stage: &crible_config::Stage, error: &PluginError, folder: &Path) -> Problem {
    let (code, message, label) = match error {
        PluginError::Missing { .. } => {
            ("missing-file", format!("there is no file `{}`", stage.plugin), "no such file")
        }
        PluginError::Unreadable { cause, .. } => {
            ("unreadable-file", format!("`{}` cannot be read: {cause}", stage.plugin), "cannot be read")
        }
        PluginError::Unknown { .. } => ("unknown-plugin", error.to_string(), "unknown plugin"),
        PluginError::Refused { message, .. } => {
            ("bad-plugin", format!("`{}` cannot be loaded: {message}", stage.plugin), "cannot be loaded")
        }
    };
    let problem = Problem::new(code, stage.plugin_span.clone(), message, label);
    match error {
        PluginError::Missing { nearest: Some(near), .. } => {
            problem.with_help(format!("did you mean `{}`?", files::as_written(Path::new(near), folder)))
        }
        PluginError::Missing { nearest: None, .. } => problem.with_help(files::starts_from(folder)),
        _ => match error.hint() {
            Some(hint) => problem.with_help(hint),
            None => problem,
        },
    }
}

/// Why a stage cannot be made, at the place where its cause is written.
fn unmade(config: &Config, stage: &StagePlan, error: ConfigureError) -> Problem {
    match error {
        ConfigureError::Config(error) => refusal(config, stage, error),
        ConfigureError::Stage(StageError { message, hint, .. }) => {
            let (span, label) = (config.place(stage, "", None), format!("the {} cannot start", stage.kind));
            let message = format!("`{}` failed while it was set up: {message}", stage.plugin);
            let problem = Problem::new("failed-plugin", span, message, label);
            match hint {
                Some(hint) => problem.with_help(hint),
                None => problem,
            }
        }
    }
}

/// What a plugin says against its options, at the place where they are written.
fn refusal(config: &Config, stage: &StagePlan, error: ConfigError) -> Problem {
    let part = error.offset.map(|offset| (offset, error.length.unwrap_or(1)));
    let span = config.place(stage, &error.pointer, part);
    let label = format!("refused by the {} `{}`", stage.kind, stage.plugin);
    let problem = Problem::new("refused-option", span, error.message, label);
    match error.hint {
        Some(hint) => problem.with_help(hint),
        None => problem,
    }
}
