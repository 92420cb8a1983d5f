//! Rows come back the same whether they were held in memory, spilled to disk, or some of each.

use super::*;
use crate::layout::layout;
use arrow_array::{Int32Array, UInt32Array, UInt64Array, cast::AsArray, types::Int64Type};
use arrow_schema::Field;

/// Some diagnoses of some people, a few without a person.
fn batch(layout: &Layout, rows: std::ops::Range<u64>) -> RecordBatch {
    let text = |name: &str, row: u64| match name {
        "psn_no" if row.is_multiple_of(11) => None,
        "psn_no" => Some(format!("P{}", row % 300)),
        _ => Some(format!("{name}{}", row % 70)),
    };
    let column = |field: &Arc<Field>| -> ArrayRef {
        match field.data_type() {
            DataType::Utf8 => {
                Arc::new(rows.clone().map(|row| text(field.name(), row)).collect::<StringArray>())
            }
            kind => {
                let numbers: Int32Array = rows.clone().map(|row| Some(row as i32 % 500)).collect();
                let numbers = arrow_cast::cast(&numbers, &DataType::Int64).expect("wide");
                arrow_cast::cast(&numbers, kind).expect("a number")
            }
        }
    };
    let mut columns: Vec<(&str, ArrayRef)> =
        layout.schema.fields().iter().map(|field| (field.name().as_str(), column(field))).collect();
    columns.push(("src_file", Arc::new(UInt32Array::from_value(3, columns[0].1.len()))));
    columns.push(("src_line", Arc::new(rows.collect::<UInt64Array>())));
    RecordBatch::try_from_iter(columns).expect("a batch")
}

/// All rows of a stage with that much room, partition by partition, once it has made way for so many bytes.
fn loaded(room: u64, way: u64) -> Vec<Vec<ArrayRef>> {
    let (folder, interners) = (tempfile::tempdir().expect("a folder"), Interners::new());
    let layout = layout("diagnosis").expect("a table");
    let stage = Stage::new(layout, folder.path(), &Arc::new(Room(AtomicU64::new(room))));
    for rows in [0..700, 700..720, 720..3000] {
        stage.append(&batch(layout, rows), &[], &interners, 0).expect("appended");
    }
    stage.make_way(way).expect("on disk");
    let left = stage.room.0.load(Ordering::Relaxed);
    assert!(left >= way.min(room), "{left} of {room} bytes are free, {way} were wanted");
    let dictionaries = interners.freeze();
    let load = |part| stage.load(std::iter::once(part), |slot| dictionaries.get(slot.name).cloned());
    (0..=ORPHANS).map(|part| load(part).expect("loaded").unwrap_or_default()).collect()
}

fn lines(parts: &[Vec<ArrayRef>]) -> Vec<Vec<i64>> {
    let lines = parts.iter().map(|columns| {
        let mut lines: Vec<i64> =
            columns.last().map_or(Vec::new(), |column| column.as_primitive::<Int64Type>().values().to_vec());
        lines.sort_unstable();
        lines
    });
    lines.collect()
}

#[test]
fn rows_on_disk_are_those_in_memory() {
    let (held, spilled) = (loaded(HELD, 0), loaded(0, 0));
    assert_eq!(held, spilled);
    assert_eq!(lines(&held).concat().len(), 3000);
    // The first batch has room, the second and third have none or some.
    for room in [60_000, 90_000, 120_000] {
        assert_eq!(lines(&loaded(room, 0)), lines(&held));
        // What was held goes to disk in part, then whole.
        for way in [room / 2, room] {
            assert_eq!(lines(&loaded(room, way)), lines(&held));
        }
    }
    assert_eq!(lines(&loaded(HELD, HELD)), lines(&held));
}

#[test]
fn refused_rows_leave_no_trace_wherever_they_stand() {
    let layout = layout("diagnosis").expect("a table");
    let staged = |batch: &RecordBatch, refused: &[u32]| {
        let (folder, interners) = (tempfile::tempdir().expect("a folder"), Interners::new());
        let stage = Stage::new(layout, folder.path(), &Arc::new(Room::new()));
        stage.append(batch, refused, &interners, 0).expect("appended");
        let bytes: usize =
            locked(&stage.spill).held.iter().flat_map(|held| held.iter()).map(Packed::size).sum();
        let dictionaries = interners.freeze();
        let load = |part| stage.load(std::iter::once(part), |slot| dictionaries.get(slot.name).cloned());
        let parts: Vec<_> =
            (0..=ORPHANS).map(|part| load(part).expect("loaded").unwrap_or_default()).collect();
        (stage.rows(), bytes, lines(&parts))
    };
    let all = batch(layout, 0..500);
    for refused in [
        vec![0, 1, 2],
        vec![7, 250, 499],
        (0..500).step_by(2).collect(),
        (1..500).collect(),
        (0..500).collect(),
    ] {
        let mut keep = vec![true; 500];
        refused.iter().for_each(|row: &u32| keep[*row as usize] = false);
        let rest = arrow_select::filter::filter_record_batch(&all, &keep.into()).expect("the rest");
        assert_eq!(staged(&all, &refused), staged(&rest, &[]), "without {} rows", refused.len());
    }
    // A required value may be missing where the row is refused, and nowhere else.
    let with_hole = |hole: usize| {
        let fields = all.schema();
        let name =
            layout.table.columns.iter().find(|column| column.required).expect("a required column").name;
        let columns = fields.fields().iter().zip(all.columns()).map(|(field, column)| {
            let rows = (0..500).map(|row| (row != hole).then_some(row as u32)).collect::<UInt32Array>();
            let column = if field.name() == name {
                arrow_select::take::take(column, &rows, None).expect("a hole")
            } else {
                column.clone()
            };
            (field.name().clone(), column)
        });
        RecordBatch::try_from_iter(columns).expect("a batch")
    };
    assert_eq!(staged(&with_hole(7), &[7]).0, 499);
    let stage = Stage::new(layout, Path::new("unused"), &Arc::new(Room::new()));
    let error =
        stage.append(&with_hole(8), &[7], &Interners::new(), 0).expect_err("a hole in a row that stays");
    assert!(error.to_string().contains("refused"), "{error}");
}
