//! The stage's config.

use crible_sdk::ConfigError;
use crible_sdk::links::{Domains, domain};
use serde::Deserialize;

/// No score is larger: those of all stages are added up in 32 bits.
const LARGEST: f64 = 1e6;

/// The config as it is written.
#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Written {
    trust: Vec<String>,
    distrust: Vec<String>,
    trusted: f64,
    distrusted: f64,
    drop_distrusted: bool,
    shared_by: u32,
    weight: f64,
    window: String,
    most: u32,
    set_url: bool,
}

impl Default for Written {
    fn default() -> Self {
        Self {
            trust: Vec::new(),
            distrust: Vec::new(),
            trusted: 1.0,
            distrusted: -1.0,
            drop_distrusted: false,
            shared_by: 3,
            weight: 1.0,
            window: "1d".into(),
            most: 100_000,
            set_url: false,
        }
    }
}

/// The config, checked.
pub(crate) struct Settings {
    pub(crate) sites: Sites,
    /// What is added to the score where a trusted or a distrusted site is linked to.
    pub(crate) trusted: f32,
    pub(crate) distrusted: f32,
    pub(crate) drop_distrusted: bool,
    /// How many authors make a link shared by many; at least 2.
    pub(crate) shared_by: u32,
    /// What is added to the score where so many share a link; 0 where authors are not counted.
    pub(crate) weight: f64,
    pub(crate) limits: Limits,
    pub(crate) set_url: bool,
}

/// How much is remembered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// How long, in ms; at least 1.
    pub(crate) window: i64,
    /// How many shares; at least 1.
    pub(crate) most: u32,
}

/// Whether a site is to be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Trusted,
    Distrusted,
}

/// A site that the config names.
#[derive(Debug)]
pub(crate) struct Site {
    pub(crate) name: String,
    pub(crate) standing: Standing,
}

/// The sites that the config names. The numbers of `domains` are places in `all`.
#[derive(Default)]
pub(crate) struct Sites {
    pub(crate) all: Vec<Site>,
    pub(crate) domains: Domains,
}

impl Sites {
    fn add(&mut self, option: &str, written: &[String], standing: Standing) -> Result<(), ConfigError> {
        for (index, written) in written.iter().enumerate() {
            let refuse = |message, hint: &str| {
                ConfigError::new(message).at(format!("/{option}/{index}")).hint(hint.to_owned())
            };
            let name = domain(written).ok_or_else(|| {
                let hint = "Write the site alone, such as journal.fr; those below it are meant too.";
                refuse(format!("`{written}` is not a domain"), hint)
            })?;
            let known = self.domains.insert(&name, self.all.len() as u32);
            if known.is_some_and(|known| self.all[known as usize].standing != standing) {
                let message = format!("`{name}` is both trusted and distrusted");
                return Err(refuse(message, "Remove it from one of the two lists."));
            }
            self.all.push(Site { name, standing });
        }
        Ok(())
    }
}

impl Settings {
    pub(crate) fn read(config: &str) -> Result<Self, ConfigError> {
        let written: Written = crible_sdk::settings(config)?;
        let weights =
            [("trusted", written.trusted), ("distrusted", written.distrusted), ("weight", written.weight)];
        if let Some((option, weight)) = weights.iter().find(|(_, weight)| weight.abs() > LARGEST) {
            return Err(ConfigError::new(format!("`{option}` is {weight}, and no score may be so large"))
                .at(format!("/{option}"))
                .hint("Write a number between -1000000 and 1000000."));
        }
        if written.shared_by < 2 {
            return Err(ConfigError::new("`shared_by` must be at least 2 authors")
                .at("/shared_by")
                .hint("To count nobody, write weight = 0."));
        }
        if written.most == 0 {
            return Err(ConfigError::new("`most` must be at least 1")
                .at("/most")
                .hint("To remember nothing, write weight = 0."));
        }
        let mut sites = Sites::default();
        sites.add("trust", &written.trust, Standing::Trusted)?;
        sites.add("distrust", &written.distrust, Standing::Distrusted)?;
        Ok(Self {
            sites,
            trusted: written.trusted as f32,
            distrusted: written.distrusted as f32,
            drop_distrusted: written.drop_distrusted,
            shared_by: written.shared_by,
            weight: written.weight,
            limits: Limits { window: crible_sdk::window(&written.window)?, most: written.most },
            set_url: written.set_url,
        })
    }
}
