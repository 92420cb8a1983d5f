//! Fills [`Claims`] from the record batches of one bucket.

use super::{
    Claims, Dictionaries, LoadError, Needs, Tables,
    link::{Ids, Roll, Targets, link},
    refunds,
};
use mingcha_model::Date;

impl Claims {
    /// Reads the rows of one bucket in place of those it holds, whose memory is used again. Each table's batches must come in
    /// order of (`psn_no`, time, key); see [`Tables::sort`].
    ///
    /// Rows after `as_of` (inclusive day) do not count, nor do refunds and what they reverse.
    pub fn load(
        &mut self,
        tables: &Tables,
        needs: &Needs,
        as_of: Date,
        symbols: &mut Dictionaries,
    ) -> Result<(), LoadError> {
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
                    self.$table.clear();
                    roll.assign(stringify!($table), rows, &mut self.$table.person, &mut self.$table.of)?;
                    self.$table.fill(rows, |column| has(stringify!($table), column), symbols)?;
                )*
            };
        }
        fill!(person, encounter, settlement, fee, diagnosis, operation, activity, benefit);
        self.psn_no = roll.into_people();
        let setl_id = Ids::read("settlement", "setl_id", tables.of("settlement"))?;
        self.tie(tables, &setl_id)?;
        self.net(tables, &setl_id, symbols, as_of)
    }

    /// Ties settlements, lines, diagnoses and operations to their encounters, and lines to their settlements.
    fn tie(&mut self, tables: &Tables, setl_id: &Ids) -> Result<(), LoadError> {
        let mdtrt_id = Ids::read("encounter", "mdtrt_id", tables.of("encounter"))?;
        let encounters = Targets { column: "mdtrt_id", ids: &mdtrt_id, of: &self.encounter.of };
        macro_rules! to_encounter {
            ($($table:ident),*) => {
                $(
                    let rows = tables.of(stringify!($table));
                    let (person, linked) = (&self.$table.person, &mut self.$table.encounter);
                    link(stringify!($table), rows, person, &encounters, linked)?;
                )*
            };
        }
        to_encounter!(settlement, fee, diagnosis, operation);
        let settlements = Targets { column: "setl_id", ids: setl_id, of: &self.settlement.of };
        link("fee", tables.of("fee"), &self.fee.person, &settlements, &mut self.fee.settlement)
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
