//! Portraits are for whoever may search the clues of a place, of practitioners as far as those places go; each look and each try is recorded.

use super::{COUNTY, by, clue, on_docket, proved};
use crate::{
    docket::{Docket, Workplace},
    store::Error,
};

const HERE: &str = "H99010100001";
const NEXT: &str = "H99010200001";
/// In a county that has no bureau of its own here.
const SMALL: &str = "H99010300001";

async fn portrayed(docket: &Docket, account: &str) -> Result<Vec<String>, Error> {
    let place = |(institution, region): (&str, &str)| Workplace {
        institution: institution.to_owned(),
        region: region.to_owned(),
    };
    let places = [(HERE, COUNTY), (NEXT, "990102"), (SMALL, "990103")].map(place);
    docket.portray(by(account), "practitioner", "D990101000001", places.to_vec()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portrait_shows_as_much_as_one_may_search_clues_of() {
    on_docket(async |docket| {
        for account in ["lead", "head", "one"] {
            assert_eq!(portrayed(&docket, account).await.expect(account), [HERE], "{account}");
        }
        assert_eq!(portrayed(&docket, "stranger").await.expect("next door"), [NEXT]);
        assert_eq!(portrayed(&docket, "above").await.expect("the city"), [HERE, NEXT, SMALL]);
        for account in ["officer", "prosecutor", "auditor", "agent"] {
            assert!(matches!(portrayed(&docket, account).await, Err(Error::NotFound)), "{account}");
        }
        docket.push(by("agent"), vec![clue("C0a", 1_000)]).await.expect("a clue of the agency");
        assert_eq!(portrayed(&docket, "agent").await.expect("whoever has a clue of it"), [HERE]);
        let trail = proved(&docket).await;
        let looked = trail.iter().map(|entry| &entry.record).filter(|record| record.act == "portrait");
        let looked: Vec<_> = looked
            .map(|record| (record.who.account.as_str(), record.outcome.name(), record.on.id.as_str()))
            .collect();
        let code = "D990101000001";
        let read = ["lead", "head", "one", "stranger", "above"].map(|account| (account, "read", code));
        let refused = ["officer", "prosecutor", "auditor", "agent"].map(|account| (account, "refused", code));
        assert_eq!(looked, [&read[..], &refused[..], &[("agent", "read", code)]].concat());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_no_code_and_stays_out_of_the_trail() {
    on_docket(async |docket| {
        let before = proved(&docket).await.len();
        for typed in ["", "张医生", "H9901 张医生", "11010519491231002X"] {
            let asked = docket.portray(by("lead"), "institution", typed, Vec::new()).await;
            assert!(matches!(asked, Err(Error::Invalid { .. })), "{typed}: {asked:?}");
            assert!(
                matches!(docket.points_standing(by("lead"), typed).await, Err(Error::Invalid { .. })),
                "{typed}"
            );
        }
        assert_eq!(proved(&docket).await.len(), before);
    })
    .await;
}
