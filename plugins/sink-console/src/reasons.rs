//! Why a message is here, in a reader's words.

use crible_sdk::Why;

use crate::clean::{apart, clean};

/// Labels that tell later stages which messages tell one story; to a reader they say nothing.
const STORY: &str = "story:";

/// One line: what each stage said and what it added, such as `+3 names our product · among the 10 best of
/// its day (1st)`. Where more than one stage counted, the sum stands in front.
pub(crate) fn reasons(whys: &[Why], score: f32) -> String {
    let mut parts: Vec<String> = whys.iter().map(part).filter(|part| !part.is_empty()).collect();
    let counted = whys.iter().filter(|why| why.score != 0.0).count();
    let is_explained = counted == 1 && whys.iter().map(|why| why.score).sum::<f32>() == score;
    if score != 0.0 && !is_explained {
        parts.insert(0, format!("score {}", number(score)));
    }
    parts.join(" · ")
}

fn part(why: &Why) -> String {
    let mut words = Vec::new();
    if why.score != 0.0 {
        let sign = if why.score > 0.0 { "+" } else { "" };
        words.push(format!("{sign}{}", number(why.score)));
    }
    let reason = apart(&clean(&why.reason));
    if !reason.is_empty() {
        words.push(reason);
    } else if why.score != 0.0 {
        words.push(clean(&why.stage));
    }
    let about = apart(&clean(&why.about));
    if !about.is_empty() {
        words.push(format!("({about})"));
    }
    let labels = why.labels.iter().filter(|label| !label.starts_with(STORY));
    words.extend(labels.map(|label| format!("[{}]", apart(&clean(label)))));
    words.join(" ")
}

/// With two decimals at most, and none that says nothing.
fn number(score: f32) -> String {
    let text = format!("{score:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    // A minus is written as one.
    text.replace('-', "−")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(score: f32, reason: &str, about: &str) -> Why {
        Why { stage: "étape".into(), score, reason: reason.into(), about: about.into(), labels: vec![] }
    }

    #[test]
    fn the_sum_stands_in_front_where_it_says_something() {
        let (product, day) =
            (why(3.0, "names our product", ""), why(0.0, "among the 10 best of its day", "1st"));
        assert_eq!(
            reasons(&[product.clone(), day], 3.0),
            "+3 names our product · among the 10 best of its day (1st)"
        );
        let short = why(-0.5, "", "");
        assert_eq!(reasons(&[product, short], 2.5), "score 2.5 · +3 names our product · −0.5 étape");
        assert_eq!(reasons(&[], 0.0), "");
        let labels = vec!["theme:eau".into(), "story:m1".into()];
        assert_eq!(reasons(&[Why { labels, ..why(0.0, "water", "") }], 0.0), "water [theme:eau]");
        assert_eq!(reasons(&[Why { labels: vec!["story:m1".into()], ..why(0.0, "", "") }], 0.0), "");
        assert_eq!(reasons(&[], 1.25), "score 1.25");
    }
}
