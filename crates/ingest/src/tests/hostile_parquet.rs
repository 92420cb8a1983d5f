//! Hostile Parquet, written byte by byte: every number in it may lie, and none may cost a panic, an abort or the memory.

use super::{hostile::fate, write};
use crate::Limits;
use std::io::Write;

/// A struct of Thrift's compact protocol in the making, every field with its id written out.
#[derive(Clone, Default)]
struct Thrift(Vec<u8>);

impl Thrift {
    fn varint(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    fn zigzag(&mut self, number: i64) {
        self.varint((number << 1 ^ number >> 63) as u64);
    }

    fn field(mut self, id: i64, kind: u8) -> Self {
        self.0.push(kind);
        self.zigzag(id);
        self
    }

    fn int(self, id: i64, number: i64) -> Self {
        let mut this = self.field(id, if number.unsigned_abs() > u64::from(u32::MAX) / 2 { 6 } else { 5 });
        this.zigzag(number);
        this
    }

    fn long(self, id: i64, number: i64) -> Self {
        let mut this = self.field(id, 6);
        this.zigzag(number);
        this
    }

    fn text(self, id: i64, text: &str) -> Self {
        let mut this = self.field(id, 8);
        this.varint(text.len() as u64);
        this.0.extend_from_slice(text.as_bytes());
        this
    }

    fn of(self, id: i64, inner: Self) -> Self {
        let mut this = self.field(id, 12);
        this.0.extend(inner.end());
        this
    }

    /// A list that says it has so many elements.
    fn list(self, id: i64, kind: u8, says: u64, elements: impl IntoIterator<Item = Vec<u8>>) -> Self {
        let mut this = self.field(id, 9);
        this.0.push(0xf0 | kind);
        this.varint(says);
        elements.into_iter().for_each(|element| this.0.extend(element));
        this
    }

    fn end(mut self) -> Vec<u8> {
        self.0.push(0);
        self.0
    }
}

const NAMES: [&str; 4] = ["mdtrt_id", "diag_srt_no", "maindiag_flag", "diag_code"];
const ROWS: i64 = 3;
const PLAIN: i64 = 0;

/// A file of diagnoses: required texts in four columns of one row group. What may lie is open to each test.
#[derive(Clone)]
struct Lying {
    /// The page of the first column, header and data.
    page: Vec<u8>,
    codec: i64,
    rows: i64,
    bytes: i64,
    /// Added to where the first column says that its page begins.
    shift: i64,
    /// Added to how long the first column says that it is.
    longer: i64,
    dictionary: bool,
    schema: Vec<Vec<u8>>,
    schema_says: u64,
    groups_say: u64,
    footer_says: Option<u32>,
}

fn texts(count: i64) -> Vec<u8> {
    (0..count).flat_map(|row| [&4_u32.to_le_bytes()[..], format!("M{row:03}").as_bytes()].concat()).collect()
}

/// A page of the first form; `packed` is what lies in the file.
fn page(unpacked: i64, packed_says: i64, values: i64, encoding: i64, packed: &[u8]) -> Vec<u8> {
    let data = Thrift::default().int(1, values).int(2, encoding).int(3, 3).int(4, 3);
    let header = Thrift::default().int(1, 0).int(2, unpacked).int(3, packed_says).of(5, data).end();
    [header, packed.to_vec()].concat()
}

fn dictionary_page(values: i64, data: &[u8]) -> Vec<u8> {
    let length = data.len() as i64;
    let dictionary = Thrift::default().int(1, values).int(2, PLAIN);
    let header = Thrift::default().int(1, 2).int(2, length).int(3, length).of(7, dictionary).end();
    [header, data.to_vec()].concat()
}

fn sound_page() -> Vec<u8> {
    let data = texts(ROWS);
    page(data.len() as i64, data.len() as i64, ROWS, PLAIN, &data)
}

fn leaf(name: &str) -> Vec<u8> {
    Thrift::default().int(1, 6).int(3, 0).text(4, name).int(6, 0).end()
}

fn group(name: &str, children: i64) -> Vec<u8> {
    Thrift::default().int(3, 0).text(4, name).int(5, children).end()
}

impl Lying {
    fn honest() -> Self {
        let mut schema = vec![group("schema", NAMES.len() as i64)];
        schema.extend(NAMES.map(leaf));
        Self {
            page: sound_page(),
            codec: 0,
            rows: ROWS,
            bytes: 1000,
            shift: 0,
            longer: 0,
            dictionary: false,
            schema_says: schema.len() as u64,
            schema,
            groups_say: 1,
            footer_says: None,
        }
    }

    fn bytes(&self) -> Vec<u8> {
        let mut file = b"PAR1".to_vec();
        let mut columns = Vec::new();
        for (at, name) in NAMES.iter().enumerate() {
            let (page, first) = if at == 0 { (self.page.clone(), 1) } else { (sound_page(), 0) };
            let begin = file.len() as i64 + self.shift * first;
            let codec = if at == 0 { self.codec } else { 0 };
            let length = page.len() as i64 + self.longer * first;
            let mut meta = Thrift::default()
                .int(1, 6)
                .list(2, 5, 1, [vec![0]])
                .list(3, 8, 1, [[&[name.len() as u8][..], name.as_bytes()].concat()])
                .int(4, codec)
                .long(5, self.rows)
                .long(6, length)
                .long(7, length)
                .long(9, begin);
            if self.dictionary && at == 0 {
                meta = meta.long(11, begin);
            }
            columns.push(Thrift::default().long(2, begin).of(3, meta).end());
            file.extend(page);
        }
        let row_group =
            Thrift::default().list(1, 12, 4, columns).long(2, self.bytes).long(3, self.rows).end();
        let footer = Thrift::default()
            .int(1, 1)
            .list(2, 12, self.schema_says, self.schema.clone())
            .long(3, self.rows)
            .list(4, 12, self.groups_say, [row_group])
            .end();
        let length = self.footer_says.unwrap_or(footer.len() as u32);
        file.extend(footer);
        file.extend(length.to_le_bytes());
        file.extend(b"PAR1");
        file
    }

    /// The error that the file meets.
    #[track_caller]
    fn meets(&self, words: &str) {
        let folder = tempfile::tempdir().expect("a folder");
        let told = fate(&write(folder.path(), "diagnosis.parquet", self.bytes()), Limits::default());
        assert!(told.as_ref().is_some_and(|told| told.contains(words)), "{told:?} does not say `{words}`");
    }
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).expect("packed")
}

#[test]
fn the_honest_file_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = write(folder.path(), "diagnosis.parquet", Lying::honest().bytes());
    assert_eq!(fate(&path, Limits::default()), None);
    let data = texts(ROWS);
    let packed = zstd(&data);
    let page = page(data.len() as i64, packed.len() as i64, ROWS, PLAIN, &packed);
    let path = write(folder.path(), "diagnosis.parquet", Lying { page, codec: 6, ..Lying::honest() }.bytes());
    assert_eq!(fate(&path, Limits::default()), None);
}

#[test]
fn a_page_that_lies_about_its_sizes_is_refused() {
    let data = texts(ROWS);
    let length = data.len() as i64;
    for (unpacked, packed) in
        [(length, 1 << 30), (1 << 30, length), (-1, length), (length, -5), (length + 7, length)]
    {
        let page = page(unpacked, packed, ROWS, PLAIN, &data);
        Lying { page, ..Lying::honest() }.meets("no sound Parquet");
    }
    let garbage = vec![0xff; 64];
    Lying { page: garbage, ..Lying::honest() }.meets("header cannot be read");
}

#[test]
fn a_page_that_claims_more_values_than_there_are_rows_is_refused() {
    let data = texts(ROWS);
    for values in [ROWS + 1, i64::from(i32::MAX), -1] {
        let page = page(data.len() as i64, data.len() as i64, values, PLAIN, &data);
        Lying { page, ..Lying::honest() }.meets("no sound Parquet");
    }
    let page = page(data.len() as i64, data.len() as i64, ROWS - 1, PLAIN, &data);
    Lying { page, ..Lying::honest() }.meets("no sound Parquet");
}

#[test]
fn rows_that_nothing_stands_for_are_refused() {
    Lying { rows: 1 << 40, ..Lying::honest() }.meets("claims 1099511627776 rows");
    Lying { rows: -3, ..Lying::honest() }.meets("");
    Lying { rows: 1000, ..Lying::honest() }.meets("ends after 3 rows where its footer says 1000");
    Lying { rows: 2, ..Lying::honest() }.meets("no sound Parquet");
    Lying { bytes: 1 << 50, ..Lying::honest() }.meets("unpacks to 1125899906842624 bytes");
    Lying { bytes: -1, ..Lying::honest() }.meets("");
}

#[test]
fn places_outside_of_the_file_are_refused() {
    for shift in [-40, i64::MIN / 2, 1 << 40, i64::MAX / 2] {
        Lying { shift, ..Lying::honest() }.meets("no sound Parquet");
    }
    for longer in [1 << 40, -10_000, i64::MAX / 2] {
        // A column that says it is longer than it is runs into the next ones.
        let told = Lying { longer, ..Lying::honest() };
        told.meets("");
    }
    for says in [u32::MAX, 1 << 28, 5000, 3] {
        Lying { footer_says: Some(says), ..Lying::honest() }.meets("no sound Parquet");
    }
}

#[test]
fn lists_that_claim_more_than_they_hold_are_refused() {
    for says in [1 << 20, 1 << 31, u64::MAX >> 1, 2] {
        Lying { groups_say: says, ..Lying::honest() }.meets("no sound Parquet");
        Lying { schema_says: says, ..Lying::honest() }.meets("no sound Parquet");
    }
}

#[test]
fn a_schema_that_nests_without_end_is_refused() {
    let mut schema: Vec<Vec<u8>> = (0..200_000).map(|_| group("g", 1)).collect();
    schema.push(leaf("mdtrt_id"));
    let schema_says = schema.len() as u64;
    Lying { schema, schema_says, ..Lying::honest() }.meets("nests deeper than 16");
    let mut schema = Lying::honest().schema;
    schema[0] = group("schema", i64::from(i32::MAX));
    Lying { schema, ..Lying::honest() }.meets("no sound Parquet");
}

#[test]
fn a_hundred_thousand_columns_of_parquet_are_refused() {
    let mut schema = vec![group("schema", 100_000)];
    schema.extend((0..100_000).map(|at| leaf(&format!("c{at}"))));
    let schema_says = schema.len() as u64;
    Lying { schema, schema_says, ..Lying::honest() }.meets("100001 elements");
}

#[test]
fn a_dictionary_that_is_smaller_than_its_keys_is_refused() {
    let with = |values: i64, keys: &[u8]| {
        let keys = page(keys.len() as i64, keys.len() as i64, ROWS, 8, keys);
        Lying {
            page: [dictionary_page(values, &texts(2)), keys].concat(),
            dictionary: true,
            ..Lying::honest()
        }
    };
    // Three keys of one bit, then keys of eight bits that nothing stands for.
    let folder = tempfile::tempdir().expect("a folder");
    let path = write(folder.path(), "diagnosis.parquet", with(2, &[1, 3, 0b101]).bytes());
    assert_eq!(fate(&path, Limits::default()), None);
    with(2, &[8, 6, 200]).meets("no sound Parquet");
    with(2, &[32, 6, 0xff, 0xff, 0xff, 0xff]).meets("no sound Parquet");
    with(2, &[33, 6, 1]).meets("no sound Parquet");
    with(i64::from(i32::MAX), &[1, 3, 0b101]).meets("a page claims 2147483647 values");
    // One value more than there is costs nothing as long as no row asks for it.
    with(3, &[2, 3, 0b10_00_01]).meets("no sound Parquet");
}

#[test]
fn texts_by_their_differences_cannot_announce_more_than_the_page_has() {
    for (encoding, count) in [(6, 1_u64 << 40), (6, 1 << 62), (7, 1 << 40), (6, ROWS as u64 + 1)] {
        let mut data = Thrift::default();
        [128, 4, count, 0].into_iter().for_each(|number| data.varint(number));
        data.0.extend([0; 40]);
        let plain = data.0;
        let lying = page(plain.len() as i64, plain.len() as i64, ROWS, encoding, &plain);
        Lying { page: lying, ..Lying::honest() }.meets("announces more texts");
        let packed = zstd(&plain);
        let lying = page(plain.len() as i64, packed.len() as i64, ROWS, encoding, &packed);
        Lying { page: lying, codec: 6, ..Lying::honest() }.meets("announces more texts");
    }
}

#[test]
fn a_page_that_is_a_bomb_is_refused_before_it_is_unpacked() {
    let zeros = zstd(&vec![0; 257 << 20]);
    let honest_about_it = page(257 << 20, zeros.len() as i64, ROWS, PLAIN, &zeros);
    Lying { page: honest_about_it, codec: 6, ..Lying::honest() }.meets("unpacks to 269484032 bytes");
    let lying_about_it = page(40, zeros.len() as i64, ROWS, PLAIN, &zeros);
    Lying { page: lying_about_it, codec: 6, ..Lying::honest() }.meets("no sound Parquet");
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    (0..64).for_each(|_| gzip.write_all(&vec![0; 1 << 20]).expect("packed"));
    let gzip = gzip.finish().expect("packed");
    let lying_about_it = page(40, gzip.len() as i64, ROWS, PLAIN, &gzip);
    Lying { page: lying_about_it, codec: 2, ..Lying::honest() }.meets("no sound Parquet");
    // Snappy says first how much it unpacks to: four GiB here.
    let snappy = [0xff, 0xff, 0xff, 0xff, 0x0f, 0];
    let lying_about_it = page(40, 6, ROWS, PLAIN, &snappy);
    Lying { page: lying_about_it, codec: 1, ..Lying::honest() }.meets("no sound Parquet");
    let brotli = page(40, 6, ROWS, PLAIN, &snappy);
    Lying { page: brotli, codec: 4, ..Lying::honest() }.meets("no sound Parquet");
}

#[test]
fn no_changed_byte_of_a_file_makes_the_reader_panic_or_run_away() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = texts(ROWS);
    let packed = zstd(&data);
    let zstd_page = page(data.len() as i64, packed.len() as i64, ROWS, PLAIN, &packed);
    for sound in [Lying::honest(), Lying { page: zstd_page, codec: 6, ..Lying::honest() }] {
        let bytes = sound.bytes();
        for at in 0..bytes.len() {
            for flip in [0x01, 0x10, 0x80, 0xff] {
                let mut changed = bytes.clone();
                changed[at] ^= flip;
                // An error and rows that the checks judge are both right answers.
                let _ = fate(&write(folder.path(), "diagnosis.parquet", changed), Limits::default());
            }
        }
    }
}
