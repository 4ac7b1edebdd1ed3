//! The parameters of an address, without those that say where a reader comes from.

/// Parameters that say where a reader comes from, not what there is to read: in small letters, sorted.
const TRACKERS: &[&str] = &[
    "__twitter_impression",
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "action_object_map",
    "action_ref_map",
    "action_type_map",
    "cmpid",
    "dclid",
    "epik",
    "fb_action_ids",
    "fb_action_types",
    "fb_ref",
    "fb_source",
    "fbclid",
    "gad_campaignid",
    "gad_source",
    "gbraid",
    "gclid",
    "gclsrc",
    "guccounter",
    "igsh",
    "igshid",
    "li_fat_id",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "msclkid",
    "ncid",
    "ref",
    "ref_src",
    "ref_url",
    "s_cid",
    "smid",
    "srsltid",
    "ttclid",
    "twclid",
    "usqp",
    "vero_id",
    "wbraid",
    "wt_mc",
    "xtor",
    "yclid",
];

/// How long the longest of them is, in bytes.
const LONGEST: usize = 20;

/// Whole families of them: Google's, Piano's and Matomo's campaigns, HubSpot's, Yahoo's, those of AMP viewers.
const TRACKER_FAMILIES: &[&str] = &["utm_", "at_", "mtm_", "pk_", "hsa_", "__hs", "guce_", "amp_"];

/// Parameters that are trackers on one site and name a page on others.
const SITE_TRACKERS: &[(&str, &[&str])] = &[
    ("youtube.com", &["si", "feature", "pp", "ab_channel"]),
    ("youtu.be", &["si", "feature"]),
    ("open.spotify.com", &["si"]),
    ("twitter.com", &["s", "t"]),
    ("x.com", &["s", "t"]),
];

/// More parameters than anybody writes; where there are more, sorting them takes memory of its own.
const FEW: usize = 32;

/// The trackers of one site alone, by its host in canonical form.
pub(super) fn trackers_of(host: &[u8]) -> &'static [&'static str] {
    SITE_TRACKERS.iter().find(|(site, _)| site.as_bytes() == host).map_or(&[], |(_, trackers)| trackers)
}

/// Append the parameters that name a page, in order.
pub(super) fn write(query: &str, site_trackers: &[&str], out: &mut Vec<u8>) {
    if query.is_empty() {
        return;
    }
    let mut few = [""; FEW];
    let mut many = Vec::new();
    let mut count = 0;
    let parameters = query.split('&').map(without_html).filter(|parameter| !parameter.is_empty());
    for parameter in parameters.filter(|parameter| !is_tracker(parameter, site_trackers)) {
        match few.get_mut(count) {
            Some(place) => *place = parameter,
            None if many.is_empty() => {
                many.extend_from_slice(&few);
                many.push(parameter);
            }
            None => many.push(parameter),
        }
        count += 1;
    }
    let kept = if many.is_empty() { &mut few[..count] } else { &mut many[..] };
    kept.sort_unstable();
    let mut mark = b'?';
    for parameter in kept {
        out.push(mark);
        out.extend_from_slice(parameter.as_bytes());
        mark = b'&';
    }
}

/// A parameter without what is left of an `&amp;` that was never turned back into `&`.
fn without_html(parameter: &str) -> &str {
    let mut parameter = parameter;
    while let Some(behind) = parameter.strip_prefix("amp;") {
        parameter = behind;
    }
    parameter
}

fn is_tracker(parameter: &str, site_trackers: &[&str]) -> bool {
    let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
    let starts = |family: &&str| {
        name.split_at_checked(family.len()).is_some_and(|(start, _)| start.eq_ignore_ascii_case(family))
    };
    let is = |tracker: &&str| name.eq_ignore_ascii_case(tracker);
    let asks_for_amp = match name {
        "amp" => matches!(value, "" | "1" | "true"),
        "outputType" | "output" => value == "amp",
        _ => false,
    };
    asks_for_amp || tracks(name) || site_trackers.iter().any(is) || TRACKER_FAMILIES.iter().any(starts)
}

/// Whether a parameter of this name is among the [TRACKERS].
fn tracks(name: &str) -> bool {
    let mut small = [0; LONGEST];
    let Some(small) = small.get_mut(..name.len()) else { return false };
    small.copy_from_slice(name.as_bytes());
    small.make_ascii_lowercase();
    TRACKERS.binary_search_by(|tracker| tracker.as_bytes().cmp(small)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tracker_is_found_in_any_case() {
        for tracker in TRACKERS {
            assert!(tracks(tracker) && tracks(&tracker.to_uppercase()), "{tracker}");
            assert!(!tracks(&format!("{tracker}x")) && !tracks(&tracker[1..]), "{tracker}");
        }
    }
}
