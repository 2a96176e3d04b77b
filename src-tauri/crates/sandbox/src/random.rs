//! Numbers that look random and follow from the seed alone. Not for secrets: the whole sandbox is made up.

use std::fmt::Write;

/// One step of splitmix64: every input bit moves every output bit, and it costs a few nanoseconds.
pub(crate) const fn mix(n: u64) -> u64 {
    let n = n.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    n ^ (n >> 31)
}

/// A number for the `n`-th thing of the kind `salt` under `seed`.
pub(crate) const fn draw(seed: u64, salt: u64, n: u64) -> u64 {
    mix(mix(seed ^ salt.wrapping_mul(0xd6e8_feb8_6659_fd93)).wrapping_add(n))
}

/// A reversible shuffle of the numbers below 2^bits (a four-round Feistel network). Ids made with it look unordered, and give back
/// the position in the catalogue without a table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shuffle {
    half: u32,
    keys: [u64; 4],
}

impl Shuffle {
    /// `bits` must be even and below 64.
    pub(crate) const fn new(seed: u64, salt: u64, bits: u32) -> Self {
        Self {
            half: bits / 2,
            keys: [
                draw(seed, salt, 1),
                draw(seed, salt, 2),
                draw(seed, salt, 3),
                draw(seed, salt, 4),
            ],
        }
    }

    const fn mask(&self) -> u64 {
        (1 << self.half) - 1
    }

    pub(crate) fn hide(&self, n: u64) -> u64 {
        let (mut left, mut right) = (n >> self.half & self.mask(), n & self.mask());
        for key in self.keys {
            (left, right) = (right, left ^ (mix(right ^ key) & self.mask()));
        }
        left << self.half | right
    }

    /// The inverse of [`Shuffle::hide`]; none for numbers it never gives.
    pub(crate) fn show(&self, n: u64) -> Option<u64> {
        if n >> (2 * self.half) != 0 {
            return None;
        }
        let (mut left, mut right) = (n >> self.half & self.mask(), n & self.mask());
        for key in self.keys.iter().rev() {
            (left, right) = (right ^ (mix(left ^ key) & self.mask()), left);
        }
        Some(left << self.half | right)
    }
}

/// `0A1B2C3D-1111-2222-3333-444455556666` of 128 bits: CJ writes its old ids in capitals.
pub(crate) fn uuid(high: u64, low: u64) -> String {
    format!(
        "{:08X}-{:04X}-{:04X}-{:04X}-{:012X}",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xffff,
        low >> 48,
        low & 0xffff_ffff_ffff
    )
}

/// The 128 bits of a UUID in either case; none when it is not one.
pub(crate) fn parse_uuid(text: &str) -> Option<(u64, u64)> {
    let bytes = text.as_bytes();
    if bytes.len() != 36 || [8, 13, 18, 23].iter().any(|&i| bytes[i] != b'-') {
        return None;
    }
    let mut bits: u128 = 0;
    for (i, b) in bytes.iter().enumerate() {
        if [8, 13, 18, 23].contains(&i) {
            continue;
        }
        bits = bits << 4 | u128::from(char::from(*b).to_digit(16)?);
    }
    Some(((bits >> 64) as u64, bits as u64))
}

/// Lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    for b in bytes {
        // Writing to a String cannot fail.
        let _ = write!(out, "{b:02x}");
    }
    out
}
