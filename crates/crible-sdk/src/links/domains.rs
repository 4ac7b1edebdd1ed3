//! Sites by name, with those below them.

use std::collections::HashMap;

/// No name of a host is longer, in bytes (RFC 1035 section 2.3.4).
const LONGEST: usize = 253;

/// Domains that a config lists, each with a number of the plugin's own.
#[derive(Clone, Debug, Default)]
pub struct Domains(HashMap<Vec<u8>, u32>);

impl Domains {
    /// Add a domain as [`domain`] reads it; answers with the number that it had already.
    pub fn insert(&mut self, domain: &str, number: u32) -> Option<u32> {
        self.0.insert(domain.as_bytes().to_vec(), number)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The numbers of the domains that a host is or is below, the most exact one first; letter case makes no
    /// difference.
    ///
    /// ```
    /// let mut domains = crible_sdk::links::Domains::default();
    /// domains.insert("journal.fr", 0);
    /// domains.insert("blog.journal.fr", 1);
    /// assert!(domains.above("Zoe.Blog.Journal.fr").eq([1, 0]));
    /// assert_eq!(domains.above("lejournal.fr").next(), None);
    /// ```
    pub fn above(&self, host: &str) -> impl Iterator<Item = u32> + '_ {
        let mut small = [0; LONGEST];
        let mut start = host.len();
        if let Some(small) = small.get_mut(..host.len()) {
            small.copy_from_slice(host.as_bytes());
            small.make_ascii_lowercase();
            start = 0;
        }
        let end = host.len();
        std::iter::from_fn(move || {
            while start < end {
                let rest = &small[start..end];
                start += rest.iter().position(|&byte| byte == b'.').map_or(rest.len(), |dot| dot + 1);
                if let Some(&number) = self.0.get(rest) {
                    return Some(number);
                }
            }
            None
        })
    }
}

/// A domain as people write it, in small letters and without a scheme, `*.`, `www.` and a slash at its end; none
/// of what is no domain.
///
/// ```
/// use crible_sdk::links::domain;
///
/// assert_eq!(domain("https://www.Journal.fr/"), Some("journal.fr".into()));
/// assert_eq!(domain("journal.fr/blog"), None);
/// ```
pub fn domain(written: &str) -> Option<String> {
    let name = written.trim().to_lowercase();
    let name = name.strip_prefix("https://").or_else(|| name.strip_prefix("http://")).unwrap_or(&name);
    let name = name.strip_prefix("*.").or_else(|| name.strip_prefix('.')).unwrap_or(name);
    let name = name.strip_prefix("www.").unwrap_or(name);
    let name = name.strip_suffix('/').unwrap_or(name);
    let sound =
        |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || "-_".contains(c));
    (name.len() <= LONGEST && name.split('.').all(sound)).then(|| name.to_owned())
}
