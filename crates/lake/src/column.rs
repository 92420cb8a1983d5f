//! Staged rows by column, and the compact bytes they are spilled as: numbers by the width of their range, texts end to end.

use crate::{LakeError, Result, text::NULL};

/// The values of one staged column.
#[derive(Debug, Clone)]
pub(crate) enum Values {
    /// Numbers or codes, null as [`NULL`].
    Numbers(Vec<i64>),
    /// Texts that hardly repeat.
    Texts(Texts),
}

/// Texts end to end.
#[derive(Debug, Clone, Default)]
pub(crate) struct Texts {
    /// Length in bytes plus one of each text, 0 for null.
    pub(crate) lengths: Vec<i64>,
    /// The bytes.
    pub(crate) bytes: Vec<u8>,
}

impl Texts {
    pub(crate) fn push(&mut self, text: Option<&str>) {
        self.lengths.push(text.map_or(0, |text| text.len() as i64 + 1));
        self.bytes.extend_from_slice(text.unwrap_or_default().as_bytes());
    }

    /// The texts in order. Bytes that are no UTF-8 (a damaged spill file) read as null.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Option<&str>> {
        let mut at = 0;
        self.lengths.iter().map(move |length| {
            let start = at;
            at += (length - 1).max(0) as usize;
            (*length > 0).then(|| std::str::from_utf8(&self.bytes[start..at]).ok()).flatten()
        })
    }
}

impl Values {
    pub(crate) fn new(wide: bool) -> Self {
        if wide { Self::Texts(Texts::default()) } else { Self::Numbers(Vec::new()) }
    }

    pub(crate) fn clear(&mut self) {
        match self {
            Self::Numbers(values) => values.clear(),
            Self::Texts(texts) => {
                texts.lengths.clear();
                texts.bytes.clear();
            }
        }
    }

    /// The values of those rows (rising).
    pub(crate) fn pick(&self, rows: &[usize]) -> Self {
        match self {
            Self::Numbers(values) => Self::Numbers(rows.iter().map(|row| values[*row]).collect()),
            Self::Texts(texts) => {
                let all: Vec<Option<&str>> = texts.iter().collect();
                let mut picked = Texts::default();
                rows.iter().for_each(|row| picked.push(all[*row]));
                Self::Texts(picked)
            }
        }
    }

    /// Appends the column to `out`.
    pub(crate) fn encode(&self, out: &mut Vec<u8>) {
        match self {
            Self::Numbers(values) => encode_numbers(values, out),
            Self::Texts(texts) => {
                encode_numbers(&texts.lengths, out);
                out.extend_from_slice(&(texts.bytes.len() as u32).to_le_bytes());
                out.extend_from_slice(&texts.bytes);
            }
        }
    }

    /// Reads `rows` values and appends them.
    pub(crate) fn decode(&mut self, rows: usize, input: &mut Input<'_>) -> Result<()> {
        match self {
            Self::Numbers(values) => decode_numbers(rows, input, values),
            Self::Texts(texts) => {
                decode_numbers(rows, input, &mut texts.lengths)?;
                let bytes = input.number()? as usize;
                texts.bytes.extend_from_slice(input.take(bytes)?);
                Ok(())
            }
        }
    }
}

/// Bytes being read.
pub(crate) struct Input<'a>(pub(crate) &'a [u8]);

impl<'a> Input<'a> {
    pub(crate) fn take(&mut self, bytes: usize) -> Result<&'a [u8]> {
        let (head, tail) = self.0.split_at_checked(bytes).ok_or_else(cut)?;
        self.0 = tail;
        Ok(head)
    }

    pub(crate) fn number(&mut self) -> Result<u32> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        self.take(N)?.try_into().map_err(|_| cut())
    }
}

fn cut() -> LakeError {
    LakeError::Setting("a staging file ends early; import the batch again".into())
}

/// Microseconds of a whole second: the step that civil times move in.
const SECOND: i64 = 1_000_000;

/// Layout: width in bytes (0 all equal, 255 all null), flags (1 has nulls, 2 in whole seconds), least value, nulls as a bit map, offsets.
fn encode_numbers(values: &[i64], out: &mut Vec<u8>) {
    let present = || values.iter().copied().filter(|value| *value != NULL);
    let (Some(least), Some(most)) = (present().min(), present().max()) else {
        out.extend_from_slice(&[255, 0]);
        return;
    };
    let nulls = values.contains(&NULL);
    let mut range = most.wrapping_sub(least) as u64;
    let step = if range >= SECOND as u64
        && present().all(|value| (value.wrapping_sub(least) as u64).is_multiple_of(SECOND as u64))
    {
        SECOND
    } else {
        1
    };
    range /= step as u64;
    let width: usize = match range {
        0 => 0,
        1..=0xFF => 1,
        0x100..=0xFFFF => 2,
        0x1_0000..=0xFFFF_FFFF => 4,
        _ => 8,
    };
    out.extend_from_slice(&[width as u8, u8::from(nulls) | if step == SECOND { 2 } else { 0 }]);
    out.extend_from_slice(&least.to_le_bytes());
    if nulls {
        out.extend(
            values
                .chunks(8)
                .map(|chunk| chunk.iter().rev().fold(0, |bits, v| bits << 1 | u8::from(*v == NULL))),
        );
    }
    let offset =
        |value: &i64| if *value == NULL { 0 } else { value.wrapping_sub(least) as u64 / step as u64 };
    match width {
        0 => {}
        1 => out.extend(values.iter().map(|value| offset(value) as u8)),
        2 => values.iter().for_each(|value| out.extend_from_slice(&(offset(value) as u16).to_le_bytes())),
        4 => values.iter().for_each(|value| out.extend_from_slice(&(offset(value) as u32).to_le_bytes())),
        _ => values.iter().for_each(|value| out.extend_from_slice(&offset(value).to_le_bytes())),
    }
}

fn decode_numbers(rows: usize, input: &mut Input<'_>, out: &mut Vec<i64>) -> Result<()> {
    let [width, flags] = input.array()?;
    let start = out.len();
    if width == 255 {
        out.resize(start + rows, NULL);
        return Ok(());
    }
    let least = i64::from_le_bytes(input.array()?);
    let step = if flags & 2 == 2 { SECOND } else { 1 };
    let nulls = if flags & 1 == 1 { input.take(rows.div_ceil(8))? } else { &[] };
    let value = |offset: u64| least.wrapping_add((offset as i64).wrapping_mul(step));
    let bytes = input.take(rows * usize::from(width))?;
    match width {
        0 => out.resize(start + rows, least),
        1 => out.extend(bytes.iter().map(|byte| value(u64::from(*byte)))),
        2 => out.extend(
            bytes.as_chunks::<2>().0.iter().map(|chunk| value(u64::from(u16::from_le_bytes(*chunk)))),
        ),
        4 => out.extend(
            bytes.as_chunks::<4>().0.iter().map(|chunk| value(u64::from(u32::from_le_bytes(*chunk)))),
        ),
        8 => out.extend(bytes.as_chunks::<8>().0.iter().map(|chunk| value(u64::from_le_bytes(*chunk)))),
        _ => return Err(cut()),
    }
    for (row, slot) in out[start..].iter_mut().enumerate() {
        if nulls.get(row / 8).is_some_and(|bits| bits >> (row % 8) & 1 == 1) {
            *slot = NULL;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number() -> impl Strategy<Value = i64> {
        prop_oneof![
            Just(NULL),
            any::<i64>(),
            0..9_i64,
            -70_000..70_000_i64,
            (0..40_000_000_i64).prop_map(|seconds| 1_735_689_600_000_000 + seconds * SECOND),
        ]
    }

    proptest! {
        #[test]
        fn numbers_come_back(values in prop_oneof![
            prop::collection::vec(number(), 0..40),
            prop::collection::vec(0..300_i64, 0..40),
            prop::collection::vec((0..40_000_000_i64).prop_map(|s| s * SECOND), 0..40),
        ]) {
            let mut bytes = Vec::new();
            encode_numbers(&values, &mut bytes);
            let mut back = vec![7];
            let mut input = Input(&bytes);
            decode_numbers(values.len(), &mut input, &mut back).expect("whole");
            prop_assert!(input.0.is_empty());
            prop_assert_eq!(&back[1..], &values[..]);
        }

        #[test]
        fn texts_come_back(values in prop::collection::vec(prop::option::of(".{0,9}"), 0..20)) {
            let mut texts = Texts::default();
            values.iter().for_each(|value| texts.push(value.as_deref()));
            let mut bytes = Vec::new();
            Values::Texts(texts).encode(&mut bytes);
            let mut back = Values::new(true);
            back.decode(values.len(), &mut Input(&bytes)).expect("whole");
            let Values::Texts(back) = back else { panic!("texts") };
            prop_assert_eq!(back.iter().collect::<Vec<_>>(), values.iter().map(Option::as_deref).collect::<Vec<_>>());
        }

        #[test]
        fn a_cut_file_is_an_error_and_not_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..60), rows in 0_usize..40) {
            let _ = decode_numbers(rows, &mut Input(&bytes), &mut Vec::new());
        }
    }
}
