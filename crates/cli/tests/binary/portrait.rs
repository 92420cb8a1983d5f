//! A portrait says what a naive count over the same rows says: by month, by kind, by good, of stock and of trace codes; and of a doctor only
//! what lies where one may look.

use crate::{
    prints,
    served::{Office, status},
};
use mingcha_testbed::demo::Client;
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::Path,
};

const HOSPITAL: &str = "H99010100001";
/// In another city of the province.
const ELSEWHERE: &str = "H99020100001";
const PHARMACY: &str = "P99010100001";
const DOCTOR: &str = "D990101000001";
const DRUG: &str = "XL02BBB085A001010110964";
const ITEM: &str = "001101000010000-110100001";

/// A visit with its one settlement and its one line.
struct Visit {
    person: &'static str,
    at: &'static str,
    med_type: &'static str,
    day: &'static str,
    doctor: &'static str,
    good: &'static str,
    cnt: i64,
    /// Yuan, of which the fund paid half.
    fee: i64,
    refunded: bool,
}

const fn visit(
    (person, at, med_type): (&'static str, &'static str, &'static str),
    (day, doctor): (&'static str, &'static str),
    (good, cnt, fee): (&'static str, i64, i64),
) -> Visit {
    Visit { person, at, med_type, day, doctor, good, cnt, fee, refunded: false }
}

const VISITS: [Visit; 9] = [
    // Before the twelve months that kinds and goods are told of.
    visit(("P1", HOSPITAL, "11"), ("2024-01-10", DOCTOR), (ITEM, 1, 20)),
    visit(("P1", HOSPITAL, "11"), ("2025-03-05", DOCTOR), (DRUG, 2, 500)),
    visit(("P2", HOSPITAL, "11"), ("2025-03-06", DOCTOR), (DRUG, 1, 250)),
    visit(("P1", HOSPITAL, "21"), ("2025-03-20", "D990101000002"), (ITEM, 4, 80)),
    Visit { refunded: true, ..visit(("P2", HOSPITAL, "11"), ("2025-04-02", DOCTOR), (DRUG, 3, 750)) },
    visit(("P3", HOSPITAL, "11"), ("2025-04-03", DOCTOR), (ITEM, 2, 40)),
    visit(("P3", ELSEWHERE, "11"), ("2025-04-04", DOCTOR), (ITEM, 5, 100)),
    visit(("P3", PHARMACY, "41"), ("2025-05-04", ""), (DRUG, 7, 1_750)),
    visit(("P2", PHARMACY, "41"), ("2025-05-05", ""), (DRUG, 5, 1_250)),
];

/// The rows as files, and a lake of them.
fn lake(at: &Path) {
    let claims = at.join("claims");
    fs::create_dir(&claims).expect("a folder");
    let mut files: BTreeMap<&str, String> = [
        ("person", "psn_no,gend,brdy,psn_type,insutype,insu_admdvs\nP1,2,1960-05-06,1102,310,990101\nP2,1,1950-01-02,1102,310,990101\nP3,1,1970-01-02,1102,390,990101\n"),
        ("institution", "fixmedins_code,fixmedins_name,fixmedins_type,hosp_lv,admdvs\nH99010100001,合成第一医院,1,,990101\nH99020100001,合成外市医院,1,,990201\nP99010100001,合成药店,2,,990101\n"),
        ("practitioner", "prac_psn_code,prac_psn_type,fixmedins_code,begndate\nD990101000001,doctor,H99010100001,2020-01-01\nD990101000001,doctor,H99020100001,2020-01-01\nD990101000002,doctor,H99010100001,2020-01-01\n"),
        ("encounter", "mdtrt_id,psn_no,fixmedins_code,med_type,begntime,endtime,insutype,insu_admdvs,atddr_no\n"),
        ("settlement", "setl_id,mdtrt_id,psn_no,fixmedins_code,setl_time,med_type,insutype,insu_admdvs,medfee_sumamt,inscp_scp_amt,hifp_pay,fund_pay_sumamt,acct_pay,psn_cash_pay,refd_setl_flag,init_setl_id\n"),
        ("fee", "feedetl_sn,setl_id,mdtrt_id,psn_no,fixmedins_code,fee_ocur_time,med_list_codg,medins_list_name,list_type,med_chrgitm_type,cnt,pric,det_item_fee_sumamt,inscp_scp_amt,bilg_dept_codg,bilg_dr_code,init_feedetl_sn\n"),
        // Ten came in and one went back, written with a minus; twelve were charged.
        ("stock", "fixmedins_code,inv_chg_type,med_list_codg,fixmedins_bchno,cnt,chg_time\nP99010100001,108,XL02BBB085A001010110964,B1,10,2025-05-01 08:00:00\nP99010100001,109,XL02BBB085A001010110964,B1,-1,2025-05-02 08:00:00\n"),
        // T1 was sold at two places, T2 came back in between, T3 is an opened pack.
        ("trace", "drug_trac_codg,event,event_time,fixmedins_code,med_list_codg,psn_no,trdn_flag,cnt\n\
            81000000000000000001,purchase,2025-05-01 09:00:00,P99010100001,XL02BBB085A001010110964,,0,1\n\
            81000000000000000001,sale,2025-05-04 09:00:00,P99010100001,XL02BBB085A001010110964,P3,0,1\n\
            81000000000000000001,sale,2025-05-06 09:00:00,H99010100001,XL02BBB085A001010110964,P1,0,1\n\
            81000000000000000002,sale,2025-05-04 09:00:00,P99010100001,XL02BBB085A001010110964,P3,0,1\n\
            81000000000000000002,return,2025-05-05 09:00:00,P99010100001,XL02BBB085A001010110964,P3,0,1\n\
            81000000000000000002,sale,2025-05-06 09:00:00,P99010100001,XL02BBB085A001010110964,P2,0,1\n\
            81000000000000000003,sale,2025-05-04 09:00:00,P99010100001,XL02BBB085A001010110964,P3,1,1\n\
            81000000000000000003,sale,2025-05-06 09:00:00,P99010100001,XL02BBB085A001010110964,P2,1,1\n"),
    ]
    .map(|(table, rows)| (table, rows.to_owned()))
    .into();
    for (number, visit) in VISITS.iter().enumerate() {
        write(&mut files, number, visit);
    }
    for (table, rows) in files {
        fs::write(claims.join(format!("{table}.csv")), rows).expect("claims");
    }
    fs::write(at.join("quality.toml"), "refuse_batch_above = 0.5\n").expect("a policy");
    let import = ["import", "claims", "--lake", "lake", "--as-of", "2025-12-31", "--quality", "quality.toml"];
    prints(at, &import);
    let refused = prints(at, &["lake", "quarantine", "--lake", "lake"]);
    assert!(!refused.contains("P1"), "every row is taken: {refused}");
}

fn write(files: &mut BTreeMap<&str, String>, number: usize, visit: &Visit) {
    let Visit { person, at, med_type, day, doctor, good, cnt, fee, refunded } = visit;
    let insured = if *person == "P3" { "390" } else { "310" };
    let mut row = |table: &str, text: String| {
        let file = files.get_mut(table).expect("a table");
        writeln!(file, "{text}").expect("written");
    };
    let begin = format!("{day} 08:00:00");
    row(
        "encounter",
        format!("M{number},{person},{at},{med_type},{begin},{day} 12:00:00,{insured},990101,{doctor}"),
    );
    let half = fee / 2;
    let settled = |id: &str, sign: &str, flag: u8, of: &str, time: &str| {
        format!(
            "{id},M{number},{person},{at},{time},{med_type},{insured},990101,{sign}{fee}.00,{sign}{fee}.00,{sign}{half}.00,{sign}{half}.00,0.00,{sign}{half}.00,{flag},{of}"
        )
    };
    let sort = if *good == DRUG { "比卡鲁胺片,101,09" } else { "普通门诊诊察费,201,02" };
    let price = fee / cnt;
    let charged = |id: &str, bill: &str, sign: &str, of: &str, time: &str| {
        format!(
            "{id},{bill},M{number},{person},{at},{time},{good},{sort},{sign}{cnt},{price}.00,{sign}{fee}.00,{sign}{fee}.00,A01,{doctor},{of}"
        )
    };
    let bill = format!("S{number}");
    row("settlement", settled(&bill, "", 0, "", &format!("{day} 11:00:00")));
    row("fee", charged(&format!("F{number}"), &bill, "", "", &format!("{day} 10:00:00")));
    if *refunded {
        let back = format!("{bill}R");
        row("settlement", settled(&back, "-", 1, &bill, &format!("{day} 15:00:00")));
        row(
            "fee",
            charged(&format!("F{number}R"), &back, "-", &format!("F{number}"), &format!("{day} 15:00:00")),
        );
    }
}

/// What the months come to, counted row by row.
fn months(of: impl Fn(&Visit) -> bool) -> Value {
    let mut months: BTreeMap<&str, ([u64; 3], BTreeSet<&str>, i64)> = BTreeMap::new();
    for visit in VISITS.iter().filter(|visit| of(visit)) {
        let (kinds, people, fee) = months.entry(&visit.day[..7]).or_default();
        kinds[["11", "21", "41"].iter().position(|kind| *kind == visit.med_type).expect("a kind")] += 1;
        people.insert(visit.person);
        *fee += if visit.refunded { 0 } else { visit.fee * 100 };
    }
    let row = |(month, ([visits, stays, purchases], people, fee)): (
        &str,
        ([u64; 3], BTreeSet<&str>, i64),
    )| {
        json!({ "month": month, "visits": visits, "stays": stays, "purchases": purchases, "people": people.len(), "fee": fee, "fund": fee / 2 })
    };
    months.into_iter().map(row).collect()
}

/// What stands under a column of the newest twelve months: code, number and money.
fn parts(portrait: &Value, by: &str) -> Vec<(String, u64, i64)> {
    let parts = portrait["parts"].as_array().expect("parts").iter().filter(|part| part["by"] == by);
    let part = |part: &Value| {
        let code = part["code"].as_str().expect("a code").to_owned();
        (code, part["count"].as_u64().expect("a count"), part["amount"].as_i64().expect("money"))
    };
    parts.map(part).collect()
}

fn portrait(client: &mut Client, kind: &str, code: &str) -> Result<Value, String> {
    client.post("/api/v1/portraits", &json!({ "kind": kind, "code": code }))
}

#[test]
fn a_portrait_counts_what_the_rows_say_and_only_where_one_may_look() {
    let office = Office::open("path = \"lake\"\n");
    lake(office.folder.path());
    let (mut lead, mut city) = (office.signed_in("lead"), office.signed_in("city-lead"));

    let hospital = portrait(&mut lead, "institution", HOSPITAL).expect("a hospital");
    assert_eq!(hospital["months"], months(|visit| visit.at == HOSPITAL));
    assert_eq!((&hospital["from"], &hospital["more"]), (&json!("2024-05-01"), &json!(false)));
    let named = |rows: &[(&str, u64, i64)]| {
        rows.iter().map(|(code, count, amount)| ((*code).to_owned(), *count, *amount)).collect::<Vec<_>>()
    };
    // A refund takes its money off and is no bill of its own; its line is a line.
    assert_eq!(parts(&hospital, "med_type"), named(&[("11", 4, 79_000), ("21", 1, 8_000)]));
    assert_eq!(parts(&hospital, "insutype"), named(&[("310", 4, 83_000), ("390", 1, 4_000)]));
    assert_eq!(parts(&hospital, "list_type"), named(&[("101", 4, 75_000), ("201", 2, 12_000)]));
    assert_eq!(parts(&hospital, "med_chrgitm_type"), named(&[("09", 4, 75_000), ("02", 2, 12_000)]));
    assert_eq!(parts(&hospital, "bilg_dept_codg"), named(&[("A01", 6, 87_000)]));
    assert_eq!(hospital["parts"][0]["title"], "A01", "what has no name is called by its code");
    assert_eq!(
        hospital["goods"][0],
        json!({ "code": DRUG, "name": "比卡鲁胺片", "kind": "西药中成药", "count": 4, "amount": 75_000 })
    );
    assert_eq!(hospital["goods_all"], 2);
    assert_eq!(
        hospital["stock"],
        json!({ "since": "", "goods": 0, "short": 0, "lines": [] }),
        "nothing known, nothing said"
    );
    assert_eq!(hospital["traces"]["twice"], 1, "sold here too");
    assert_eq!(portrait(&mut lead, "institution", HOSPITAL).expect("again"), hospital);
    assert_eq!(portrait(&mut city, "institution", HOSPITAL).expect("the city's own"), hospital);

    let pharmacy = portrait(&mut city, "institution", PHARMACY).expect("a pharmacy");
    assert_eq!(pharmacy["months"], months(|visit| visit.at == PHARMACY));
    let line = json!({ "code": DRUG, "name": "比卡鲁胺片", "received": 90_000, "charged": 120_000 });
    assert_eq!(pharmacy["stock"], json!({ "since": "2025-05-01", "goods": 1, "short": 1, "lines": [line] }));
    let twice = json!({
        "code": "81000000000000000001", "good": DRUG, "sales": 2, "returns": 0, "places": 2, "people": 2,
        "first": "2025-05-04", "last": "2025-05-06",
    });
    assert_eq!(
        pharmacy["traces"],
        json!({ "purchases": 1, "sales": 5, "returns": 1, "twice": 1, "codes": [twice] })
    );

    let whole = portrait(&mut lead, "practitioner", DOCTOR).expect("a doctor");
    assert_eq!(whole["months"], months(|visit| visit.doctor == DOCTOR));
    let own = portrait(&mut city, "practitioner", DOCTOR).expect("a doctor here");
    assert_eq!(
        own["months"],
        months(|visit| visit.doctor == DOCTOR && visit.at == HOSPITAL),
        "not what lies in another city"
    );
    assert_eq!((&own["stock"], &own["traces"]), (&Value::Null, &Value::Null));

    assert_eq!(status(portrait(&mut city, "institution", ELSEWHERE)), "404");
    assert_eq!(status(portrait(&mut office.signed_in("stat"), "institution", HOSPITAL)), "404");
    assert_eq!(status(portrait(&mut lead, "institution", "H99019900001")), "404");
    assert_eq!(status(portrait(&mut lead, "practitioner", "D990101000009")), "404");
    assert_eq!(status(portrait(&mut lead, "institution", "合成第一医院")), "422");
}
