//! The vault and bulk exports: what is sealed opens for its place, purpose and key alone, keys rotate, and two people are two people.

use mingcha_casework::{
    Policies,
    clock::ServerTime,
    facts::{Department, Role},
    policy::{
        Actor, ApproveBulkExport, Authorized, Export, Kind, Matter, OpenInformant, OpenPersonalData,
        Organisation, Scope, Secrecy,
    },
    vault::{
        Datum, KeyRing, KeySource, OpenError, Purpose, RingError, Sealed, Token, Vault, new_ring,
        with_new_key,
    },
    watermark::{BULK_ROWS, BulkApproval, BulkError, Person, Watermark, check_bulk},
    words::Word as _,
};
use mingcha_model::{Date, Time};
use proptest::prelude::*;
use std::{fs, path::PathBuf, sync::LazyLock};

static POLICIES: LazyLock<Policies> =
    LazyLock::new(|| Policies::embedded().unwrap_or_else(|faults| panic!("{faults:?}")));

fn actor(account: &str, role: Role) -> Actor {
    Actor {
        account: account.to_owned(),
        department: Department::Insurance,
        role,
        organisation: "bureau-1".into(),
        region: "990101".into(),
        enabled: true,
        clearance: Secrecy::Secret,
        institution: String::new(),
        commission: None,
        today: Date(0),
    }
}

fn matter(kind: Kind) -> Matter {
    Matter {
        id: "m-1".into(),
        kind,
        region: "990101".into(),
        organisation: "bureau-1".into(),
        department: Department::Insurance,
        seat: "990101".into(),
        handed_to: [].into(),
        team: ["a".to_owned()].into(),
        recused: [].into(),
        secrecy: Secrecy::Sensitive,
        institution: String::new(),
    }
}

fn personal() -> Authorized<OpenPersonalData> {
    let deed = OpenPersonalData { purpose: "核实身份".into() };
    POLICIES.decide(&actor("a", Role::Handler), deed, &matter(Kind::Case)).expect("of the team")
}

fn informant() -> Authorized<OpenInformant> {
    let deed = OpenInformant { purpose: "发放奖励".into() };
    POLICIES.decide(&actor("a", Role::Handler), deed, &matter(Kind::Complaint)).expect("of the team")
}

fn ring(purpose: Purpose, text: &str) -> KeyRing {
    KeyRing::parse(purpose, text).unwrap_or_else(|error| panic!("{error}"))
}

fn vault(text: &str) -> Vault<OpenPersonalData> {
    Vault::new(ring(Purpose::Personal, text)).unwrap_or_else(|error| panic!("{error}"))
}

fn new_text(id: &str) -> String {
    new_ring(Purpose::Personal, id).expect("random").to_string()
}

fn token() -> Token {
    Token::random().expect("random")
}

/// The value, or why it does not open: an opened value shows itself to nobody by accident, to a test neither.
fn opened(
    vault: &Vault<OpenPersonalData>,
    token: &Token,
    kind: Datum,
    sealed: &Sealed,
) -> Result<String, OpenError> {
    vault.open(&personal(), token, kind, sealed).map(|plain| plain.expose().to_owned())
}

proptest! {
    #[test]
    fn what_is_sealed_opens_in_its_place_alone(value in "\\PC{0,200}", kind in 0..Datum::ALL.len(), other in 0..Datum::ALL.len()) {
        let vault = vault(&new_text("k1"));
        let (kind, other, here, there) = (Datum::ALL[kind].0, Datum::ALL[other].0, token(), token());
        let sealed = vault.seal(&here, kind, &value).expect("sealed");
        prop_assert_eq!(opened(&vault, &here, kind, &sealed), Ok(value.clone()));
        prop_assert_eq!(opened(&vault, &there, kind, &sealed), Err(OpenError::Changed));
        prop_assert_eq!(opened(&vault, &here, other, &sealed).is_ok(), kind == other);
        let again = vault.seal(&here, kind, &value).expect("sealed");
        prop_assert_ne!(again.as_bytes(), sealed.as_bytes());
        let hides = value.len() < 3 || !sealed.as_bytes().windows(value.len()).any(|part| part == value.as_bytes());
        prop_assert!(hides);
    }

    #[test]
    fn a_changed_byte_opens_nothing(at in any::<prop::sample::Index>(), flip in 1_u8..=255, cut in any::<prop::sample::Index>()) {
        let vault = vault(&new_text("k1"));
        let here = token();
        let sealed = vault.seal(&here, Datum::Name, "甲乙丙").expect("sealed");
        let mut bytes = sealed.as_bytes().to_vec();
        let at = at.index(bytes.len());
        bytes[at] ^= flip;
        prop_assert!(opened(&vault, &here, Datum::Name, &Sealed::from_bytes(bytes)).is_err());
        let cut = sealed.as_bytes()[..cut.index(sealed.as_bytes().len())].to_vec();
        prop_assert!(opened(&vault, &here, Datum::Name, &Sealed::from_bytes(cut)).is_err());
    }

    #[test]
    fn bytes_of_any_kind_are_refused_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        prop_assert!(opened(&vault(&new_text("k1")), &token(), Datum::Name, &Sealed::from_bytes(bytes)).is_err());
    }
}

#[test]
fn keys_rotate_without_a_stop() {
    let first = new_text("2026-1");
    let (here, old) = (token(), vault(&first));
    let sealed = old.seal(&here, Datum::Phone, "19900001234").expect("sealed");
    let both = with_new_key(Purpose::Personal, &first, "2026-2").expect("a ring");
    let now = vault(&both);
    assert_eq!(
        opened(&now, &here, Datum::Phone, &sealed).as_deref(),
        Ok("19900001234"),
        "old rows open meanwhile"
    );
    let anew = now.reseal(&here, Datum::Phone, &sealed).expect("opened").expect("under the new key");
    assert_eq!((sealed.key_id(), anew.key_id()), (Some("2026-1"), Some("2026-2")));
    assert_eq!(now.reseal(&here, Datum::Phone, &anew), Ok(None));
    assert_eq!(now.digest("19900001234"), old.digest("19900001234"), "equal values still meet");
    let kept: Vec<&str> = both.lines().filter(|line| !line.contains("key 2026-1")).collect();
    let without = kept.join("\n");
    let last = vault(&without);
    assert_eq!(opened(&last, &here, Datum::Phone, &anew).as_deref(), Ok("19900001234"));
    assert_eq!(opened(&last, &here, Datum::Phone, &sealed), Err(OpenError::Key("2026-1".into())));
    assert!(with_new_key(Purpose::Personal, &both, "2026-2").is_err(), "the id is taken");
}

#[test]
fn an_informant_does_not_open_with_the_keys_of_the_case() {
    let text = new_text("k1");
    let same_keys = text.replace("purpose personal", "purpose informant");
    let informants =
        Vault::<OpenInformant>::new(ring(Purpose::Informant, &same_keys)).expect("of that purpose");
    let here = token();
    let sealed = informants.seal(&here, Datum::Name, "甲乙丙").expect("sealed");
    assert_eq!(
        informants.open(&informant(), &here, Datum::Name, &sealed).map(|plain| plain.expose().to_owned()),
        Ok("甲乙丙".into())
    );
    assert_eq!(
        opened(&vault(&text), &here, Datum::Name, &sealed),
        Err(OpenError::Changed),
        "even with equal keys"
    );
    let wrong = Vault::<OpenInformant>::new(ring(Purpose::Personal, &text));
    assert!(matches!(wrong, Err(RingError::Purpose(Purpose::Personal, Purpose::Informant))));
    let handler = OpenInformant { purpose: "想知道".into() };
    assert!(POLICIES.decide(&actor("a", Role::Handler), handler, &matter(Kind::Case)).is_err());
}

#[test]
fn rings_with_faults_are_refused_and_say_nothing_of_keys() {
    let text = new_text("k1");
    let key = text.lines().find_map(|line| line.strip_prefix("key k1 ")).expect("a key").to_owned();
    let cases = [
        text.replace("purpose personal\n", ""),
        text.replace("current k1", "current k2"),
        text.replace(&key, &key[1..]),
        text.replace(&key, &format!("zz{}", &key[2..])),
        format!("{text}key k1 {key}\n"),
        format!("{text}current k1\n"),
        format!("{text}key K/2 {key}\n"),
        format!("{text}something else\n"),
        text.replace("digest ", "digest 0"),
        String::new(),
    ];
    for case in cases {
        let error = KeyRing::parse(Purpose::Personal, &case).expect_err("a fault");
        assert!(!format!("{error} {error:?}").contains(&key[4..20]), "{error}");
    }
    let good = ring(Purpose::Personal, &format!("# a comment\n\n{text}"));
    assert!(!format!("{good:?}").contains(&key[..8]), "{good:?}");
}

fn file(name: &str, text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    fs::write(&path, text).expect("written");
    (folder, path)
}

#[cfg(unix)]
#[test]
fn a_key_file_that_others_may_read_is_refused() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_folder, path) = file("ring", &new_text("k1"));
    for mode in [0o644, 0o640, 0o604, 0o620, 0o610] {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("set");
        let refused = KeyRing::read(Purpose::Personal, &KeySource::File(path.clone()));
        assert!(matches!(refused, Err(RingError::Open(_, found)) if found == mode), "{mode:o}");
    }
    for mode in [0o600, 0o400] {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("set");
        assert!(KeyRing::read(Purpose::Personal, &KeySource::File(path.clone())).is_ok(), "{mode:o}");
    }
    let folder = path.parent().expect("its folder").to_owned();
    assert!(KeyRing::read(Purpose::Personal, &KeySource::File(folder)).is_err());
}

#[cfg(unix)]
#[test]
fn a_command_gives_the_ring() {
    let (_folder, path) = file("ring", &new_text("k1"));
    let run = |words: &[&str]| {
        let words = words.iter().map(ToString::to_string).collect();
        KeyRing::read(Purpose::Personal, &KeySource::Command(words))
    };
    let shown = path.to_string_lossy().into_owned();
    assert!(run(&["cat", &shown]).is_ok());
    assert!(matches!(run(&["cat", "/nonexistent/ring"]), Err(RingError::Command(..))));
    assert!(matches!(run(&["/nonexistent/program"]), Err(RingError::Command(..))));
    assert!(matches!(run(&["head", "-c", "70000", "/dev/zero"]), Err(RingError::Command(..))), "too much");
    assert!(run(&[]).is_err());
}

fn person(account: &str, key: &str) -> Person {
    Person { account: account.into(), key: key.into() }
}

fn at(seconds: i64) -> ServerTime {
    ServerTime::from_store(Time(seconds))
}

fn approval(account: &str, key: &str) -> BulkApproval {
    let bureau =
        Organisation { code: "bureau-1".into(), department: Department::Insurance, region: "990101".into() };
    let proof = POLICIES.decide(&actor(account, Role::Head), ApproveBulkExport, &bureau).expect("a head");
    BulkApproval { proof, approver: person(account, key), request: "r".into(), until: at(100) }
}

fn export() -> Scope<Export> {
    POLICIES.scope(&actor("lead", Role::TeamLead), Export)
}

#[test]
fn a_bulk_export_needs_two_people() {
    let (scope, asker) = (export(), person("lead", "p-1"));
    let check = |rows, request: &str, approval: Option<&BulkApproval>, now| {
        check_bulk(&scope, &asker, request, rows, BULK_ROWS, approval, at(now))
    };
    let good = approval("head", "p-2");
    assert_eq!(check(BULK_ROWS - 1, "r", None, 0), Ok(()));
    assert_eq!(check(BULK_ROWS, "r", None, 0), Err(BulkError::NotApproved));
    assert_eq!(check(BULK_ROWS, "r", Some(&good), 99), Ok(()));
    assert_eq!(check(BULK_ROWS, "r", Some(&good), 100), Err(BulkError::Expired));
    assert_eq!(check(BULK_ROWS, "other", Some(&good), 0), Err(BulkError::OtherRequest));
    for same in
        [approval("head", "p-1"), approval("head", " P-1 "), approval("lead", "p-2"), approval("head", "")]
    {
        assert_eq!(check(BULK_ROWS, "r", Some(&same), 0), Err(BulkError::SamePerson));
    }
    let borrowed = BulkApproval { approver: person("another", "p-3"), ..approval("head", "p-2") };
    assert_eq!(check(BULK_ROWS, "r", Some(&borrowed), 0), Err(BulkError::SamePerson));
}

#[test]
fn a_watermark_says_who_and_when_on_one_line() {
    let mark = Watermark {
        account: "li\n\u{202e}1".into(),
        organisation: "bureau-1".into(),
        at: at(86_400),
        record: 7,
    };
    assert_eq!(mark.to_string(), "明察 导出人 li1（bureau-1） 1970-01-02 00:00:00 记录号 7 仅限执法监督使用");
}
