//! Where everything begins: what is common to all configs that a program loads.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use crible_config::{BundledPlugin, Config, Plan};
use crible_core::{Kind, Localised};
use crible_grants::{Console, cause};
use serde_json::Value;

use crate::builder::Builder;
use crate::check::{self, Purpose};
use crate::error::{LoadError, PluginError, Refused};
use crate::loaded::Loaded;
use crate::near_file::nearest_file;
use crate::plugin::Plugin;
use crate::pupil::Pupil;
use crate::record::Record;
use crate::recording::{self, Recording};
use crate::shelf::Shelf;
use crate::stage::Stage;

/// What `${NAME}` in a config stands for.
pub(crate) type Variables = dyn Fn(&str) -> Option<String> + Send + Sync;

/// What surrounds the stages of all configs.
pub(crate) struct Surroundings {
    pub(crate) console: Console,
    pub(crate) variables: Box<Variables>,
}

/// Loads configs and plugins. One serves a whole program: a component is compiled once.
pub struct Crible {
    shelf: Shelf,
    surroundings: Surroundings,
}

impl Crible {
    pub(crate) fn new(shelf: Shelf, surroundings: Surroundings) -> Self {
        Self { shelf, surroundings }
    }

    /// Say which plugins there are.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Load a config file and check it: its text, each stage's options, and the files that it names.
    /// Relative paths in it start from its folder.
    ///
    /// # Errors
    /// Where it cannot be read, or all that is wrong with it.
    pub fn load(&self, path: impl AsRef<Path>) -> Result<Loaded, LoadError> {
        self.load_for(path.as_ref(), Purpose::Run)
    }

    /// Load a config for its filters alone, which judge what the program gives them: the files that its sources
    /// would read and its sinks write need not be there.
    ///
    /// # Errors
    /// The same.
    pub fn load_to_judge(&self, path: impl AsRef<Path>) -> Result<Loaded, LoadError> {
        self.load_for(path.as_ref(), Purpose::Judge)
    }

    /// The same, with one of its stages, which can be taught, made otherwise.
    ///
    /// # Errors
    /// The same, and where there is no such stage, or it cannot be taught.
    pub fn load_pupil(
        &self,
        path: impl AsRef<Path>,
        stage: &str,
        pupil: Pupil<'_>,
    ) -> Result<Loaded, LoadError> {
        self.load_for(path.as_ref(), Purpose::Teach(stage, pupil))
    }

    fn load_for(&self, path: &Path, purpose: Purpose<'_>) -> Result<Loaded, LoadError> {
        let text = text_of(path)?;
        let (name, folder) = (path.to_string_lossy(), path.parent().unwrap_or(Path::new("")));
        check::check(&self.shelf, &self.surroundings, &name, &text, folder, purpose)
    }

    /// Check a config that the program has as a text. `name` is shown where something is wrong with it;
    /// relative paths in it start from `folder`.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn load_text(&self, name: &str, text: &str, folder: &Path) -> Result<Loaded, LoadError> {
        check::check(&self.shelf, &self.surroundings, name, text, folder, Purpose::Run)
    }

    /// What a pipeline remembers of what became of its messages; absent where it has no `quarantine`. The
    /// config must be right, but for what only the plugins know; neither they nor the files it names are
    /// touched.
    ///
    /// # Errors
    /// Where the config cannot be read, or all that is wrong with it.
    pub fn record(&self, path: impl AsRef<Path>) -> Result<Option<Record>, LoadError> {
        let path = path.as_ref();
        let text = text_of(path)?;
        let bundled: Vec<(Kind, &str)> = self.shelf.names().collect();
        let config = Config::parse(&text, &bundled, &*self.surroundings.variables);
        let plan = config.and_then(|config| config.review(&|_| None).plan()).map_err(|problems| {
            let name = path.to_string_lossy().into_owned();
            LoadError::Refused(Refused { name, text: text.clone(), problems })
        })?;
        Ok(Record::of_plan(&plan, path.parent().unwrap_or(Path::new(""))))
    }

    /// Open a file of recorded messages, one JSON object a line, packed by gzip or not; "-" is standard
    /// input. It is read as the pipeline's first source `jsonl` reads its own, with the same `fields`.
    ///
    /// # Errors
    /// Where there is no such file, or no plugin that reads it.
    pub fn recording(&self, file: &Path, like: &Loaded) -> Result<Recording, LoadError> {
        self.open_recording(file, Some(like.plan()))
    }

    /// Open a file that a sink `jsonl` wrote.
    ///
    /// # Errors
    /// Where there is no such file, or no plugin that reads it.
    pub fn delivered(&self, file: &Path) -> Result<Recording, LoadError> {
        self.open_recording(file, None)
    }

    fn open_recording(&self, file: &Path, like: Option<&Plan>) -> Result<Recording, LoadError> {
        let unreadable = |cause| LoadError::Unreadable { path: file.to_owned(), cause };
        if file != Path::new("-") {
            match fs::metadata(file) {
                Ok(found) if found.is_dir() => return Err(unreadable("it is a folder".to_owned())),
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::NotFound => {
                    return Err(LoadError::Missing { path: file.to_owned(), nearest: nearest_file(file) });
                }
                Err(error) => return Err(unreadable(cause(&error))),
            }
        }
        let reader = self.plugin(Kind::Source, recording::READER);
        let reader = reader.map_err(|error| unreadable(error.to_string()))?;
        // The path is the caller's: it starts from where the program was started.
        let here = std::env::current_dir().map_err(|error| unreadable(cause(&error)))?;
        let plan = recording::stage_for(file, like);
        let stage = Stage::new(&plan, reader, &here, self.surroundings.console);
        let source = stage.make_source()(None);
        Ok(Recording::new(source.map_err(|error| unreadable(error.message))?))
    }

    /// The JSON Schema of configs, with which an editor completes them; the options of every plugin that
    /// has a name are in it. `about` picks the language of what the plugins say of themselves.
    ///
    /// # Errors
    /// Where a plugin cannot be run here.
    pub fn schema(&self, about: impl Fn(&Localised) -> &str) -> Result<Value, PluginError> {
        let plugins: Result<Vec<_>, PluginError> =
            self.shelf.names().map(|(kind, name)| Ok((kind, name, self.shelf.named(kind, name)?))).collect();
        let plugins = plugins?;
        let bundled: Vec<BundledPlugin<'_>> = plugins
            .iter()
            .map(|(kind, name, plugin)| {
                let spec = plugin.spec();
                BundledPlugin { kind: *kind, name, config: &spec.config, about: about(&spec.about) }
            })
            .collect();
        Ok(crible_config::schema(&bundled))
    }

    /// The plugins that configs can use by their names.
    pub fn plugins(&self) -> Vec<(Kind, &str)> {
        self.shelf.names().collect()
    }

    /// A plugin by its name.
    ///
    /// # Errors
    /// Where there is none, or it cannot be run here.
    pub fn plugin(&self, kind: Kind, name: &str) -> Result<Arc<Plugin>, PluginError> {
        self.shelf.named(kind, name)
    }

    /// A plugin in a file.
    ///
    /// # Errors
    /// Where it cannot be read, is no plugin, or cannot be run here.
    pub fn plugin_file(&self, path: impl AsRef<Path>) -> Result<Arc<Plugin>, PluginError> {
        self.shelf.file(path.as_ref())
    }
}

/// What a config file says.
fn text_of(path: &Path) -> Result<String, LoadError> {
    fs::read_to_string(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => LoadError::Missing { path: path.to_owned(), nearest: nearest_file(path) },
        ErrorKind::InvalidData => {
            let cause = "it is not text in UTF-8".to_owned();
            LoadError::Unreadable { path: path.to_owned(), cause }
        }
        _ => LoadError::Unreadable { path: path.to_owned(), cause: cause(&error) },
    })
}
