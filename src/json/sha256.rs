use serde::Serialize;
use sha2::{Digest, Sha256};

use super::to_canonical;

/// SHA-256 over these parts, one behind the other, in lower-case hex.
pub fn sha256<const N: usize>(parts: [&[u8]; N]) -> String {
    hex(&digest(parts))
}

/// The same in bytes.
pub fn digest<const N: usize>(parts: [&[u8]; N]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    parts.iter().for_each(|part| hasher.update(part));
    hasher.finalize().into()
}

/// Bytes in lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

/// SHA-256 over the RFC 8785 form of a value of ours, which always has one, in lower-case hex.
pub fn canonical_hash(value: &impl Serialize) -> String {
    sha256([to_canonical(value).unwrap_or_default().as_bytes()])
}

/// So many bytes; none where the text is not twice as many lower-case hex digits.
pub fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let is_hex = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if !is_hex || text.len() != N.saturating_mul(2) {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_reads_back_as_the_bytes_it_was_made_of() {
        let hash = sha256([b"a", b"bc"]);
        assert_eq!(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(
            sha256([&unhex::<32>(&hash).unwrap()]),
            sha256([&unhex::<32>(&hash).unwrap()[..16], &unhex::<32>(&hash).unwrap()[16..]])
        );
        for other in ["", "zz", &hash[1..], &hash.to_uppercase(), &format!("{}é", &hash[2..])] {
            assert_eq!(unhex::<32>(other), None, "{other}");
        }
    }
}
