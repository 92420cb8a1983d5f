//! Fills [`Claims`] from the record batches of one bucket.

use super::{
    Claims, Dictionaries, LoadError, Needs, Tables,
    link::{Ids, Roll, link},
    refunds,
};
use mingcha_model::Date;

impl Claims {
    /// Reads the rows of one bucket. Each table's batches must come in order of (`psn_no`, time, key); see [`Tables::sort`].
    ///
    /// Rows after `as_of` (inclusive day) do not count, nor do refunds and what they reverse.
    pub fn load(
        tables: &Tables,
        needs: &Needs,
        as_of: Date,
        symbols: &mut Dictionaries,
    ) -> Result<Self, LoadError> {
        let mut claims = Self::default();
        let columns = needs.by_person();
        let names =
            ["person", "encounter", "settlement", "fee", "diagnosis", "operation", "activity", "benefit"];
        let batches: Vec<_> = names.iter().map(|&name| (name, tables.of(name))).collect();
        let roll = Roll::of(&batches)?;
        let has = |table: &str, column: &str| {
            columns
                .iter()
                .any(|(name, columns)| *name == table && columns.iter().any(|known| known == column))
        };
        macro_rules! fill {
            ($($table:ident),*) => {
                $(
                    let rows = tables.of(stringify!($table));
                    (claims.$table.person, claims.$table.of) = roll.assign(stringify!($table), rows)?;
                    claims.$table.fill(rows, |column| has(stringify!($table), column), symbols)?;
                )*
            };
        }
        fill!(person, encounter, settlement, fee, diagnosis, operation, activity, benefit);
        claims.psn_no = roll.into_people();
        let setl_id = Ids::read("settlement", "setl_id", tables.of("settlement"))?;
        claims.tie(tables, &setl_id)?;
        claims.net(tables, &setl_id, symbols, as_of)?;
        Ok(claims)
    }

    /// Ties settlements, lines, diagnoses and operations to their encounters, and lines to their settlements.
    fn tie(&mut self, tables: &Tables, setl_id: &Ids) -> Result<(), LoadError> {
        let mdtrt_id = Ids::read("encounter", "mdtrt_id", tables.of("encounter"))?;
        let to_encounter = |table, person: &[u32]| {
            link(table, "mdtrt_id", tables.of(table), person, &mdtrt_id, &self.encounter.of)
        };
        self.settlement.encounter = to_encounter("settlement", &self.settlement.person)?;
        self.fee.encounter = to_encounter("fee", &self.fee.person)?;
        self.diagnosis.encounter = to_encounter("diagnosis", &self.diagnosis.person)?;
        self.operation.encounter = to_encounter("operation", &self.operation.person)?;
        self.fee.settlement =
            link("fee", "setl_id", tables.of("fee"), &self.fee.person, setl_id, &self.settlement.of)?;
        Ok(())
    }

    fn net(
        &mut self,
        tables: &Tables,
        setl_id: &Ids,
        symbols: &mut Dictionaries,
        as_of: Date,
    ) -> Result<(), LoadError> {
        let init_setl_id = Ids::read("settlement", "init_setl_id", tables.of("settlement"))?;
        let refunded = symbols.texts.intern("1");
        let flags = std::mem::take(&mut self.settlement.refd_setl_flag);
        refunds::net(self, setl_id, &init_setl_id, |row| flags[row] == refunded, as_of);
        self.settlement.refd_setl_flag = flags;
        Ok(())
    }
}
