//! The file that someone may have meant who wrote the name of one that is not there.

use std::fs;
use std::path::Path;

/// A name in the same folder, with the same extension, that is written nearly alike; where there is only
/// one file with this extension, that one.
pub(crate) fn nearest_file(missing: &Path) -> Option<String> {
    let wanted = stem(missing)?;
    let folder = match missing.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let mut names: Vec<String> = fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| Path::new(name).extension() == missing.extension())
        .collect();
    names.sort();
    let near = names
        .iter()
        .filter_map(|name| {
            Some((strsim::normalized_damerau_levenshtein(&wanted, &stem(Path::new(name))?), name))
        })
        .filter(|(likeness, _)| *likeness > 0.6)
        .max_by(|(a, _), (b, _)| a.total_cmp(b));
    let name = match (near, names.as_slice()) {
        (Some((_, name)), _) => name,
        (None, [only]) if missing.extension().is_some() => only,
        _ => return None,
    };
    Some(missing.with_file_name(name).to_string_lossy().into_owned())
}

/// What is compared: the extension is the same anyway.
fn stem(path: &Path) -> Option<String> {
    Some(path.file_stem()?.to_string_lossy().to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_a_slip_is_found() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["essential.toml", "archive.toml", "essential.txt"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let nearest = |name: &str| nearest_file(&folder.path().join(name));
        let essential = folder.path().join("essential.toml").to_string_lossy().into_owned();
        assert_eq!(nearest("essentiel.toml"), Some(essential.clone()));
        assert_eq!(nearest("Essential.toml"), Some(essential));
        assert_eq!(nearest("weather.toml"), None);
        assert_eq!(nearest("vital.toml"), None, "that both are TOML does not make them alike");
        assert!(nearest("notes.txt").unwrap().ends_with("essential.txt"), "the only one of its kind");
    }
}
