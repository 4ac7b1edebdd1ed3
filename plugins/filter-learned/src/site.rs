//! The site of an address, quickly.

/// What a name of a host is made of in most addresses.
static HOST: [bool; 256] = {
    let mut host = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        host[byte] = matches!(byte as u8, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-');
        byte += 1;
    }
    host
};

/// The site that an address is on, as [`crible_sdk::site`] says it, which need not be asked about plain addresses.
pub(crate) fn site(address: &str) -> &str {
    plain_site(address).unwrap_or_else(|| crible_sdk::site(address))
}

fn plain_site(address: &str) -> Option<&str> {
    let rest = address.strip_prefix("http")?;
    let rest = rest.strip_prefix('s').unwrap_or(rest).strip_prefix("://")?;
    let rest = match rest.as_bytes().first_chunk::<4>() {
        Some(b"www.") => &rest[4..],
        Some(other) if other.eq_ignore_ascii_case(b"www.") => return None,
        _ => rest,
    };
    let len = rest.bytes().take_while(|&byte| HOST[usize::from(byte)]).count();
    match rest.as_bytes().get(len) {
        None | Some(b'/' | b'?' | b'#') => rest.get(..len),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_site_is_what_it_is_elsewhere(
            address in "(https?://|HTTP://|)(www\\.|Www\\.|)([a-z]{1,3}[.:@ -]?){0,4}[/?#\\]é ]?[a-z/@:#]{0,9}|\\PC{0,20}",
        ) {
            prop_assert_eq!(super::site(&address), crible_sdk::site(&address));
        }
    }
}
