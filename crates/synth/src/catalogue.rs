//! What is bought and what people have: drugs, items, consumables, slices and diseases, from the tables in `catalogue/`.

use rustc_hash::FxHashMap;

/// Index of a good in the catalogue.
pub type GoodId = u16;
/// Index of a disease in the catalogue.
pub type DiseaseId = u16;

/// Millionths of a yuan in a fen.
pub const FEN: i64 = 10_000;

/// What a good is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Western or patent drug.
    Drug,
    /// Herbal slice, sold by the gram.
    Slice,
    /// Service item; the word is the `kind` column of `items.csv`.
    Item(&'static str),
    /// Consumable.
    Consumable,
}

/// One good.
#[derive(Clone, Debug)]
pub struct Good {
    /// Short name used in code and in the disease table.
    pub key: &'static str,
    /// National code.
    pub code: &'static str,
    /// Name.
    pub name: &'static str,
    /// What it is.
    pub kind: Kind,
    /// `list_type` of its fee lines.
    pub list_type: &'static str,
    /// `med_chrgitm_type` of its fee lines.
    pub chrg: &'static str,
    /// `chrgitm_lv` of its fee lines: 01, 02 or 03.
    pub lv: &'static str,
    /// Base price in millionths of a yuan.
    pub price: i64,
    /// Days that one pack lasts, 0 where it is not taken home.
    pub days: u16,
    /// ICD-10 prefixes of which one must be diagnosed; none where anybody may have it.
    pub indication: Vec<&'static str>,
    /// Whether a prescription is needed.
    pub rx: bool,
    /// Whether only planted cases use it.
    pub planted: bool,
}

/// When a disease is frequent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Season {
    /// All the year.
    Any,
    /// November to February.
    Winter,
    /// June to September.
    Summer,
}

/// One disease and how it is treated.
#[derive(Clone, Debug)]
pub struct Disease {
    /// Short name used in code.
    pub key: &'static str,
    /// ICD-10 code, insurance edition.
    pub code: &'static str,
    /// Name.
    pub name: &'static str,
    /// acute, chronic, stay, maternity, prenatal, chemo, cancer, dialysis or planted.
    pub kind: &'static str,
    /// Department that treats it.
    pub dept: u8,
    /// 1 or 2 where only men or women have it, otherwise 0.
    pub sex: u8,
    /// Youngest age in years, inclusive.
    pub age_from: i32,
    /// Oldest age in years, inclusive.
    pub age_to: i32,
    /// Relative frequency among those of its kind.
    pub weight: u32,
    /// When it is frequent.
    pub season: Season,
    /// Drugs given for it.
    pub drugs: Vec<GoodId>,
    /// Laboratory tests and examinations made for it.
    pub tests: Vec<GoodId>,
    /// Usual nights of a stay.
    pub los: i64,
    /// Operation or special treatment.
    pub procedure: Option<GoodId>,
    /// Consumables of the procedure.
    pub supplies: Vec<GoodId>,
}

/// Department codes (national list) and names; a department is an index into it.
pub const DEPARTMENTS: &[(&str, &str)] = &[
    ("A03", "内科"),
    ("A04", "外科"),
    ("A05", "妇产科"),
    ("A07", "儿科"),
    ("A10", "眼科"),
    ("A11", "耳鼻咽喉科"),
    ("A12", "口腔科"),
    ("A13", "皮肤科"),
    ("A19", "肿瘤科"),
    ("A20", "急诊医学科"),
    ("A21", "康复医学科"),
    ("A50", "中医科"),
    ("A23", "麻醉科"),
    ("A30", "医学检验科"),
    ("A32", "医学影像科"),
    ("A69", "药学部门"),
];

/// The department of that code.
pub fn department(code: &str) -> Option<u8> {
    DEPARTMENTS.iter().position(|&(known, _)| known == code).map(|index| index as u8)
}

/// All goods and diseases.
#[derive(Debug)]
pub struct Catalogue {
    /// Goods; a [`GoodId`] is an index.
    pub goods: Vec<Good>,
    /// Diseases; a [`DiseaseId`] is an index.
    pub diseases: Vec<Disease>,
    /// Herbal slices.
    pub slices: Vec<GoodId>,
    /// Drugs that need no prescription and no diagnosis.
    pub over_counter: Vec<GoodId>,
    good_keys: FxHashMap<&'static str, GoodId>,
    disease_keys: FxHashMap<&'static str, DiseaseId>,
}

const DRUGS: &str = include_str!("../catalogue/drugs.csv");
const ITEMS: &str = include_str!("../catalogue/items.csv");
const CONSUMABLES: &str = include_str!("../catalogue/consumables.csv");
const SLICES: &str = include_str!("../catalogue/slices.csv");
const DISEASES: &str = include_str!("../catalogue/diseases.csv");

fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().skip(1).filter(|line| !line.is_empty()).map(|line| line.split(',').collect())
}

fn price(text: &str) -> i64 {
    mingcha_model::money::parse_fixed(text, 6).expect("the catalogue has prices")
}

fn list(text: &'static str) -> Vec<&'static str> {
    text.split(';').filter(|part| !part.is_empty()).collect()
}

fn drug(row: &[&'static str]) -> Good {
    Good {
        key: row[0],
        code: row[1],
        name: row[2],
        kind: Kind::Drug,
        list_type: "101",
        chrg: row[3],
        lv: row[4],
        price: price(row[5]),
        days: row[6].parse().expect("the catalogue has days"),
        indication: list(row[7]),
        rx: row[8] == "1",
        planted: row[9] == "planted",
    }
}

fn item(row: &[&'static str]) -> Good {
    let base = plain(row, 5);
    Good { kind: Kind::Item(row[4]), list_type: "201", lv: row[6], planted: row[7] == "planted", ..base }
}

fn consumable(row: &[&'static str]) -> Good {
    Good { kind: Kind::Consumable, list_type: "301", planted: row[6] == "planted", ..plain(row, 5) }
}

fn slice(row: &[&'static str]) -> Good {
    Good { kind: Kind::Slice, list_type: "102", rx: true, days: 1, ..plain(row, 5) }
}

fn plain(row: &[&'static str], price_at: usize) -> Good {
    Good {
        key: row[0],
        code: row[1],
        name: row[2],
        kind: Kind::Consumable,
        list_type: "",
        chrg: row[3],
        lv: row[4],
        price: price(row[price_at]),
        days: 0,
        indication: Vec::new(),
        rx: false,
        planted: false,
    }
}

impl Catalogue {
    /// Reads the tables that are built in.
    pub fn load() -> Self {
        let mut goods: Vec<Good> = rows(DRUGS).map(|row| drug(&row)).collect();
        goods.extend(rows(ITEMS).map(|row| item(&row)));
        goods.extend(rows(CONSUMABLES).map(|row| consumable(&row)));
        goods.extend(rows(SLICES).map(|row| slice(&row)));
        let good_keys: FxHashMap<_, _> =
            goods.iter().enumerate().map(|(index, good)| (good.key, index as GoodId)).collect();
        let diseases: Vec<Disease> = rows(DISEASES).map(|row| disease(&row, &good_keys)).collect();
        let disease_keys =
            diseases.iter().enumerate().map(|(index, disease)| (disease.key, index as DiseaseId)).collect();
        let select = |keep: &dyn Fn(&Good) -> bool| {
            (0..goods.len() as GoodId).filter(|&id| keep(&goods[usize::from(id)])).collect::<Vec<_>>()
        };
        let slices = select(&|good| good.kind == Kind::Slice);
        let over_counter = select(&|good| {
            good.kind == Kind::Drug && !good.rx && !good.planted && good.indication.is_empty()
        });
        Self { goods, diseases, slices, over_counter, good_keys, disease_keys }
    }

    /// The good of a key.
    ///
    /// # Panics
    ///
    /// Where the catalogue has no such key, which is a bug of this crate.
    pub fn id(&self, key: &str) -> GoodId {
        self.good_keys.get(key).copied().unwrap_or_else(|| panic!("the catalogue has no good `{key}`"))
    }

    /// The disease of a key.
    ///
    /// # Panics
    ///
    /// Where the catalogue has no such key, which is a bug of this crate.
    pub fn disease_id(&self, key: &str) -> DiseaseId {
        self.disease_keys.get(key).copied().unwrap_or_else(|| panic!("the catalogue has no disease `{key}`"))
    }

    /// A good.
    pub fn good(&self, id: GoodId) -> &Good {
        &self.goods[usize::from(id)]
    }

    /// A disease.
    pub fn disease(&self, id: DiseaseId) -> &Disease {
        &self.diseases[usize::from(id)]
    }

    /// Diseases of a kind that someone of that sex (1, 2) and age may have.
    pub fn fitting<'a>(
        &'a self,
        kind: &'a str,
        sex: u8,
        age: i32,
    ) -> impl Iterator<Item = DiseaseId> + Clone + 'a {
        (0..self.diseases.len() as DiseaseId).filter(move |&id| {
            let disease = self.disease(id);
            disease.kind == kind && disease.fits(sex, age)
        })
    }
}

impl Disease {
    /// Whether someone of that sex (1, 2) and age may have it.
    pub fn fits(&self, sex: u8, age: i32) -> bool {
        (self.sex == 0 || self.sex == sex) && (self.age_from..=self.age_to).contains(&age)
    }
}

fn disease(row: &[&'static str], goods: &FxHashMap<&'static str, GoodId>) -> Disease {
    let good = |key: &str| *goods.get(key).unwrap_or_else(|| panic!("the catalogue has no good `{key}`"));
    let goods_of = |text| list(text).into_iter().map(good).collect::<Vec<_>>();
    Disease {
        key: row[0],
        code: row[1],
        name: row[2],
        kind: row[3],
        dept: department(row[4]).expect("the disease table names departments"),
        sex: row[5].parse().unwrap_or(0),
        age_from: row[6].parse().expect("the disease table has ages"),
        age_to: row[7].parse().expect("the disease table has ages"),
        weight: row[8].parse().expect("the disease table has weights"),
        season: match row[9] {
            "winter" => Season::Winter,
            "summer" => Season::Summer,
            _ => Season::Any,
        },
        drugs: goods_of(row[10]),
        tests: goods_of(row[11]),
        los: row[12].parse().expect("the disease table has nights"),
        procedure: list(row[13]).first().map(|key| good(key)),
        supplies: goods_of(row[14]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingcha_model::form;

    #[test]
    fn every_code_has_the_national_form() {
        let catalogue = Catalogue::load();
        for good in &catalogue.goods {
            let kind = match good.kind {
                Kind::Drug => form::Good::Drug,
                Kind::Slice => form::Good::Slice,
                Kind::Item(_) => form::Good::Item,
                Kind::Consumable => form::Good::Consumable,
            };
            assert_eq!(form::good(good.code), Some(kind), "{}", good.key);
        }
        for disease in &catalogue.diseases {
            assert!(form::is_diagnosis(disease.code), "{}", disease.key);
        }
    }

    #[test]
    fn no_disease_is_treated_with_a_drug_outside_its_indication() {
        let catalogue = Catalogue::load();
        for disease in &catalogue.diseases {
            for &drug in &disease.drugs {
                let good = catalogue.good(drug);
                // Chemotherapy gives what the cancer beside it is an indication for.
                let covered = good.indication.is_empty()
                    || good.indication.iter().any(|prefix| disease.code.starts_with(prefix));
                assert!(covered, "{} for {}", good.key, disease.key);
            }
        }
    }
}
