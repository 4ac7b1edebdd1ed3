//! Language tags of BCP 47 (RFC 5646), as far as languages are compared by them.

/// Whether a tag names a language, and not that there is none or several, or one of somebody's own.
pub(crate) fn is_language(tag: &str) -> bool {
    let mut parts = tag.split(['-', '_']);
    let language = parts.next().unwrap_or_default();
    let plain = matches!(language.len(), 2 | 3) && language.bytes().all(|byte| byte.is_ascii_alphabetic());
    let fits =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    plain && parts.all(fits) && !is_special(language)
}

/// Undetermined, several, none, not coded; and `qaa` to `qtz`, which everyone uses as they like.
fn is_special(language: &str) -> bool {
    let own =
        language.len() == 3 && matches!(language.as_bytes(), [b'q' | b'Q', b'a'..=b't' | b'A'..=b'T', _]);
    own || ["und", "mul", "zxx", "mis", "art"].iter().any(|special| special.eq_ignore_ascii_case(language))
}

/// Whether a tag is of a language, or of a variety of it: `fr-CA` is `fr`, and `fr` is not `fr-CA`.
pub(crate) fn is_of(tag: &str, language: &str) -> bool {
    let mut parts = tag.split(['-', '_']);
    language
        .split(['-', '_'])
        .all(|wanted| parts.next().is_some_and(|part| current(part).eq_ignore_ascii_case(current(wanted))))
}

/// Three codes were replaced long ago and are still written.
fn current(part: &str) -> &str {
    match part {
        "iw" => "he",
        "in" => "id",
        "ji" => "yi",
        _ => part,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variety_is_of_its_language() {
        assert!(is_of("fr-CA", "fr") && is_of("FR_ca", "fr-CA") && is_of("iw", "he"));
        assert!(!is_of("fr", "fr-CA") && !is_of("fro", "fr") && !is_of("", "fr"));
    }

    #[test]
    fn what_names_no_language_is_none() {
        for tag in ["", "und", "zxx", "qme", "QHT", "mul", "french", "f", "fr-", "12", "été"] {
            assert!(!is_language(tag), "{tag}");
        }
        for tag in ["fr", "pt-BR", "zh_Hant_TW", "ast", "qu"] {
            assert!(is_language(tag), "{tag}");
        }
    }
}
