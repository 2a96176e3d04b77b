//! The pixels of the display, as Xvfb keeps them in an XWD file: a header of big-endian words, a colour map, then rows.

use std::fs;
use std::path::Path;

use crate::Outcome;

/// Of each of red, green and blue, 0 to 255: two pixels nearer than this are the same to the eye.
const SAME: u8 = 24;

/// A picture of the display.
pub struct Screen {
    bytes: Vec<u8>,
    start: usize,
    stride: usize,
    width: usize,
    height: usize,
}

/// A rectangle of it: left, top, width, height.
pub type Area = [usize; 4];

impl Screen {
    /// Reads it.
    pub fn read(path: &Path) -> Outcome<Self> {
        let bytes = fs::read(path)?;
        let word = |at: usize| -> Outcome<usize> {
            let part = bytes
                .get(at * 4..at * 4 + 4)
                .ok_or("the picture has no header")?;
            Ok(u32::from_be_bytes(part.try_into()?) as usize)
        };
        let (header, width, height) = (word(0)?, word(4)?, word(5)?);
        let (bits, stride, colours) = (word(11)?, word(12)?, word(19)?);
        let start = header + colours * 12;
        if bits != 32 || bytes.len() < start + stride * height {
            return Err(format!("a picture of {bits} bits a pixel is not understood").into());
        }
        Ok(Self {
            bytes,
            start,
            stride,
            width,
            height,
        })
    }

    fn pixel(&self, x: usize, y: usize) -> [u8; 3] {
        let at = self.start + y * self.stride + x * 4;
        match self.bytes.get(at..at + 3) {
            Some(&[blue, green, red]) => [blue, green, red],
            _ => [0; 3],
        }
    }

    fn pixels(&self, [left, top, width, height]: Area) -> impl Iterator<Item = [u8; 3]> {
        let (right, bottom) = (
            (left + width).min(self.width),
            (top + height).min(self.height),
        );
        (top..bottom).flat_map(move |y| (left..right).map(move |x| self.pixel(x, y)))
    }

    /// The share of an area that something is drawn on: pixels unlike the commonest.
    pub fn drawn(&self, area: Area) -> f64 {
        let mut counts = std::collections::HashMap::<[u8; 3], usize>::new();
        for pixel in self.pixels(area) {
            *counts.entry(pixel).or_default() += 1;
        }
        let ground = counts.iter().max_by_key(|(_, count)| **count);
        let ground = ground.map_or([0; 3], |(pixel, _)| *pixel);
        share(self.pixels(area).map(|pixel| !alike(pixel, ground)))
    }

    /// The share of an area that looks otherwise in another picture.
    pub fn differs(&self, other: &Self, area: Area) -> f64 {
        let pairs = self.pixels(area).zip(other.pixels(area));
        share(pairs.map(|(one, two)| !alike(one, two)))
    }
}

fn alike(one: [u8; 3], two: [u8; 3]) -> bool {
    one.iter().zip(two).all(|(a, b)| a.abs_diff(b) < SAME)
}

fn share(hits: impl Iterator<Item = bool>) -> f64 {
    let (mut of, mut all) = (0_u32, 0_u32);
    for hit in hits {
        of += u32::from(hit);
        all += 1;
    }
    f64::from(of) / f64::from(all.max(1))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may end at once")]
    use super::*;

    /// A picture of 4 × 2 pixels, white but for these.
    fn picture(ink: &[(usize, usize)]) -> Screen {
        let (width, height) = (4, 2);
        let mut words = [0_u32; 25];
        for (at, word) in [(0, 100), (4, 4), (5, 2), (11, 32), (12, 16), (19, 0)] {
            words[at] = word;
        }
        let mut bytes: Vec<u8> = words.iter().flat_map(|word| word.to_be_bytes()).collect();
        for y in 0..height {
            for x in 0..width {
                let value = if ink.contains(&(x, y)) { 0 } else { 255 };
                bytes.extend([value, value, value, 0]);
            }
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("screen");
        fs::write(&path, bytes).unwrap();
        Screen::read(&path).unwrap()
    }

    #[test]
    fn a_white_window_is_not_taken_for_a_painted_one() {
        let all = [0, 0, 4, 2];
        let (white, inked) = (picture(&[]), picture(&[(1, 0), (2, 1)]));
        assert_eq!(white.drawn(all).to_bits(), 0.0_f64.to_bits());
        assert_eq!(inked.drawn(all).to_bits(), 0.25_f64.to_bits());
        assert_eq!(inked.differs(&white, all).to_bits(), 0.25_f64.to_bits());
        assert_eq!(inked.differs(&inked, all).to_bits(), 0.0_f64.to_bits());
        assert_eq!(
            inked.differs(&white, [0, 1, 2, 1]).to_bits(),
            0.0_f64.to_bits(),
            "only the area counts"
        );
    }
}
