//! Scores messages by what they link to: sites that are trusted or not, and links that many share. See
//! `plugin.json`.

mod row_links;
mod settings;
mod shares;
mod snapshot;

use crible_sdk::{ConfigError, Filter, FilterPlugin, Plugin, Rows, StageError, TextField, Verdicts};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use row_links::{Found, RowLinks};
use settings::Settings;
use shares::{Share, Shares};

/// A link that is longer is cut where it is shown, in bytes.
const LONGEST_SHOWN: usize = 200;

/// Scores messages by their links.
pub struct Links {
    settings: Settings,
    shares: Shares,
    links: RowLinks,
    url: String,
}

impl Plugin for Links {
    const SPEC: &'static str = include_str!("../plugin.json");
}

impl FilterPlugin for Links {
    fn configure(config: &str, state: Option<&[u8]>) -> Result<Self, ConfigError> {
        let settings = Settings::read(config)?;
        let shares = match state {
            Some(state) => snapshot::read(state, settings.limits)?,
            None => Shares::new(settings.limits),
        };
        Ok(Self { settings, shares, links: RowLinks::default(), url: String::new() })
    }
}

impl Filter for Links {
    fn judge(&mut self, rows: &Rows<'_>, out: &mut Verdicts) -> Result<(), StageError> {
        for (row, &time) in rows.times().iter().enumerate() {
            self.shares.advance(time);
            self.links.read(rows, row, &self.settings.sites);
            if self.settings.drop_distrusted
                && let Some(number) = self.links.distrusted()
            {
                // Nobody has seen the links of a message that was dropped: they are not counted.
                out.drop(row, DISTRUSTED);
                out.about(row, &self.settings.sites.all[number as usize].name);
                continue;
            }
            self.judge_sites(row, out);
            self.judge_shares(rows.texts(TextField::Author).get(row), row, out);
            if self.settings.set_url {
                self.set_url(rows.texts(TextField::Url).get(row), row, out);
            }
        }
        Ok(())
    }

    fn snapshot(&mut self) -> Result<Vec<u8>, StageError> {
        Ok(snapshot::write(&self.shares))
    }
}

const TRUSTED: &str = "links to a trusted site";
const DISTRUSTED: &str = "links to a distrusted site";
const SHARED: &str = "shared by many";

impl Links {
    fn judge_sites(&mut self, row: usize, out: &mut Verdicts) {
        let Settings { sites, trusted, distrusted, .. } = &self.settings;
        for (number, score, reason, label) in [
            (self.links.trusted(), *trusted, TRUSTED, "trusted"),
            (self.links.distrusted(), *distrusted, DISTRUSTED, "distrusted"),
        ] {
            if let Some(number) = number {
                out.add_score(row, score);
                out.reason(row, reason);
                out.about(row, &sites.all[number as usize].name);
                out.label(row, label);
            }
        }
    }

    fn judge_shares(&mut self, author: &str, row: usize, out: &mut Verdicts) {
        if self.settings.weight == 0.0 {
            return;
        }
        let mut most: Option<(u32, Found)> = None;
        for &found in self.links.found() {
            if !author.is_empty() {
                let pair = xxh3_64_with_seed(author.as_bytes(), found.hash);
                self.shares.remember(Share { link: found.hash, pair, at: self.shares.clock() });
            }
            let authors = self.shares.authors(found.hash);
            if most.is_none_or(|(of_most, _)| authors > of_most) {
                most = Some((authors, found));
            }
        }
        let Some((authors, found)) = most.filter(|(authors, _)| *authors >= self.settings.shared_by) else {
            return;
        };
        out.add_score(row, self.score(authors));
        out.label(row, "shared");
        // That a site is distrusted is the more important thing to know.
        if self.links.distrusted().is_none() {
            out.reason(row, SHARED);
            let link = self.links.canonical(found);
            if link.len() <= LONGEST_SHOWN {
                out.about(row, link);
            } else {
                out.about(row, &format!("{}…", &link[..link.floor_char_boundary(LONGEST_SHOWN)]));
            }
        }
    }

    /// The score of a link that so many share: `weight × (1 + log2(authors / shared_by))`. Rounded to
    /// thousandths, so that it is the same on every machine, whatever its logarithms.
    fn score(&self, authors: u32) -> f32 {
        let growth = 1.0 + (f64::from(authors) / f64::from(self.settings.shared_by)).log2();
        (self.settings.weight * (growth * 1000.0).round() / 1000.0) as f32
    }

    fn set_url(&mut self, written: &str, row: usize, out: &mut Verdicts) {
        let own = self.links.own();
        if own.is_empty() {
            return;
        }
        self.url.clear();
        self.url.push_str("https://");
        self.url.push_str(own);
        if self.url != written {
            out.set(row, TextField::Url, &self.url);
        }
    }
}

crible_sdk::export!(filter: Links);
