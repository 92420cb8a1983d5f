//! What is spilled comes back, whatever the values and partitions are.

use super::*;
use arrow_array::{cast::AsArray, types::Int32Type};
use proptest::prelude::*;

fn number() -> impl Strategy<Value = i64> {
    prop_oneof![
        Just(NULL),
        any::<i64>(),
        0..9_i64,
        -70_000..70_000_i64,
        (0..40_000_000_i64).prop_map(|seconds| 1_735_689_600_000_000 + seconds * 1_000_000),
    ]
}

/// Rows in three partitions.
fn scattered(rows: usize) -> Scattered {
    let places: Vec<u16> = (0..rows as u16).map(|row| row % 3).collect();
    Scattered::of(&places, 2)
}

fn back(kind: Kind, packed: &Packed, scattered: &Scattered) -> ArrayRef {
    let mut column = Column::new(kind);
    let (mut from, mut row) = (0, 0);
    for (end, rows) in packed.ends.iter().zip(&scattered.ends) {
        let mut input = Input(&packed.bytes[from as usize..*end as usize]);
        column.decode(packed.frame, (rows - row) as usize, &mut input).expect("whole");
        assert!(input.0.is_empty());
        (from, row) = (*end, *rows);
    }
    column.array(None).expect("an array")
}

proptest! {
    #[test]
    fn rows_go_to_their_places_in_order(places in prop::collection::vec(0_u16..6, 0..60)) {
        let scattered = Scattered::of(&places, 3);
        let rows = || 0..places.len() as u32;
        let by_place = |place: u16| rows().filter(|row| places[*row as usize] == place).collect::<Vec<_>>();
        let parts: Vec<Vec<u32>> = scattered.parts().map(<[u32]>::to_vec).collect();
        prop_assert_eq!(parts, (0..4).map(by_place).collect::<Vec<_>>());
        // Only rows that go somewhere tell how wide a column must be.
        let kept: Vec<usize> = scattered.runs.iter().cloned().flatten().collect();
        prop_assert_eq!(kept, (0..places.len()).filter(|row| places[*row] < 4).collect::<Vec<_>>());
        let values: Vec<i64> = places.iter().map(|place| if *place < 4 { i64::from(*place) } else { i64::MAX }).collect();
        let packed = Packed::numbers(&Numbers::I64(&values), &scattered);
        prop_assert!(packed.frame.width <= 1);
        let back = back(Kind::Number, &packed, &scattered);
        let expected: Vec<i64> = scattered.rows.iter().map(|row| values[*row as usize]).collect();
        prop_assert_eq!(back.as_primitive::<Int64Type>().values(), &expected[..]);
    }

    #[test]
    fn numbers_come_back(values in prop_oneof![
        prop::collection::vec(number(), 0..40),
        prop::collection::vec(0..300_i64, 0..40),
        prop::collection::vec(Just(7_i64), 0..40),
        (0..3_usize, prop::collection::vec(0..40_000_000_i64, 0..40))
            .prop_map(|(step, values)| values.iter().map(|value| value * [1_000_000, 10_000, 100][step]).collect()),
        prop::collection::vec(prop_oneof![Just(NULL), 0..0x1_0002_i64], 0..40),
        prop::collection::vec(prop_oneof![Just(3_i64), Just(0x1_0002)], 0..40),
    ]) {
        let scattered = scattered(values.len());
        let expected: Vec<i64> = scattered.rows.iter().map(|row| values[*row as usize]).collect();
        let wide: Vec<i128> = values.iter().map(|value| i128::from(*value)).collect();
        let keys: Vec<i32> = (0..values.len() as i32).collect();
        let coded = Numbers::Coded(&keys, values.clone());
        for numbers in [Numbers::Own(values.clone()), Numbers::I64(&values), Numbers::I128(&wide), coded] {
            let array = back(Kind::Number, &Packed::numbers(&numbers, &scattered), &scattered);
            prop_assert_eq!(array.as_primitive::<Int64Type>().values(), &expected[..]);
        }
    }

    #[test]
    fn texts_come_back(
        values in prop::collection::vec(prop::option::of(prop_oneof![".{0,3}", ".{200,300}"]), 0..20),
        coded in any::<bool>(),
        kind in prop_oneof![Just(Kind::Local), Just(Kind::Plain)],
    ) {
        let scattered = scattered(values.len());
        let plain: StringArray = values.iter().map(Option::as_deref).collect();
        let dictionary: DictionaryArray<Int32Type> = values.iter().map(Option::as_deref).collect();
        let input: &dyn Array = if coded { &dictionary } else { &plain };
        let array = back(kind, &Packed::texts(kind, Text::of(input).expect("text"), &scattered), &scattered);
        let text = Text::of(&array).expect("text");
        let got: Vec<_> = (0..array.len()).map(|row| text.get(row)).collect();
        let expected: Vec<_> = scattered.rows.iter().map(|row| values[*row as usize].as_deref()).collect();
        prop_assert_eq!(got, expected);
    }

    #[test]
    fn a_cut_file_is_an_error_and_not_a_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..60),
        rows in 0_usize..40,
        width in prop_oneof![Just(0_u8), Just(1), Just(2), Just(4), Just(8)],
        kind in prop_oneof![Just(Kind::Number), Just(Kind::Narrow), Just(Kind::Local), Just(Kind::Plain)],
    ) {
        let frame = Frame { width, nulls: true, step: 1, least: 3 };
        let _ = Column::new(kind).decode(frame, rows, &mut Input(&bytes));
    }
}
