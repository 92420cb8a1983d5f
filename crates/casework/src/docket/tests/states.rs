//! States that code names stand in their machines, and no statement names one beside them: a state that is renamed is missed here, not in a case.

use crate::{Procedures, machine::NAMED_STATES, procedures::embedded_files};
use std::{fs, path::Path};

#[test]
fn every_state_that_code_names_stands_in_its_machine() {
    let (procedures, _) = Procedures::embedded();
    for named in NAMED_STATES {
        let machine = &procedures.machines[named.machine];
        assert!(machine.state(named.id).is_some(), "`{}` is no state of {}", named.id, named.machine);
    }
}

#[test]
fn a_transfer_is_undecided_until_the_head_has_said_so() {
    let (procedures, _) = Procedures::embedded();
    let machine = &procedures.machines["transfer"];
    let decides = |act: &&crate::machine::Act| act.emits.iter().any(|event| event == "transfer_decided");
    let decisions: Vec<_> = machine.acts.values().filter(decides).collect();
    assert_eq!(decisions.len(), 2, "approved or refused");
    for act in machine.acts.values().filter(|act| act.to.is_some()) {
        let to = act.to.as_deref().and_then(|to| machine.state(to)).expect("known");
        let from = act.from.iter().filter_map(|from| machine.state(from));
        let decided = decides(&act) || from.clone().count() > 0 && from.clone().all(|from| !from.undecided);
        assert_eq!(!to.undecided, decided, "{} leads to {}", act.id, to.id);
    }
}

#[test]
fn a_state_that_is_left_frees_nothing_and_a_last_one_is_decided() {
    for (state, key) in [("investigating", "again"), ("dropped", "undecided")] {
        let mut files = embedded_files();
        let file = files.get_mut("machines/case.toml").expect("the file");
        *file =
            file.replace(&format!("id = \"{state}\"\n"), &format!("id = \"{state}\"\n{key} = true\n")).into();
        let (_, faults) = Procedures::from_files(&files);
        assert!(faults.iter().any(|fault| fault.column.ends_with("again")), "{state}: {faults:?}");
    }
}

/// Statements about matters take a state from data or from a name of its own; exports of personal data have states that are no machine's.
#[test]
fn no_statement_spells_a_state_of_a_machine_out() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/docket");
    let mut read = 0;
    for entry in fs::read_dir(folder).expect("the folder") {
        let path = entry.expect("an entry").path();
        let source = path.extension().is_some_and(|ending| ending == "rs");
        if !source || path.ends_with("bulk.rs") || path.ends_with("tests.rs") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("read");
        for spelled in
            ["state <> '", "state = '", "state != '", "state IN ('", "state NOT IN ('", "state == \""]
        {
            assert!(!text.contains(spelled), "{} spells a state out: {spelled}", path.display());
        }
        read += 1;
    }
    assert!(read > 20, "only {read} files");
}
