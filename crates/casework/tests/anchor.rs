//! Signed anchors hold for the key that is trusted and for nothing that was changed.

use mingcha_casework::{
    clock::ServerTime,
    trail::{Anchor, AnchorError, AnchorKey, Digest, PublicKey},
};
use mingcha_model::Time;

/// The first test of RFC 8032: secret and public key.
const SECRET: &str = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
const PUBLIC: &str = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

fn key() -> AnchorKey {
    AnchorKey::parse(&format!("{SECRET}\n")).expect("a key")
}

fn anchor() -> Anchor {
    Anchor { seq: 7, digest: Digest([7; 32]), at: ServerTime::from_store(Time(1_750_000_000)) }
}

#[test]
fn a_key_is_the_one_of_the_standard() {
    assert_eq!(key().public(), PublicKey(Digest::parse(PUBLIC).expect("a digest")));
}

#[test]
fn an_anchor_holds_and_is_stored_as_text() {
    let signed = key().sign(anchor());
    let text = serde_json::to_string(&signed).expect("writes");
    let read: mingcha_casework::trail::SignedAnchor = serde_json::from_str(&text).expect("reads");
    assert_eq!(read.verify(key().public()), Ok(anchor()));
}

#[test]
fn whatever_is_changed_is_found() {
    let signed = key().sign(anchor());
    let trusted = key().public();
    let mut changed = vec![signed.clone(); 5];
    changed[0].anchor.seq = 8;
    changed[1].anchor.digest = Digest([8; 32]);
    changed[2].anchor.at = ServerTime::from_store(Time(1_750_000_001));
    changed[3].r = signed.s;
    changed[4].s.0[0] ^= 1;
    for one in changed {
        assert_eq!(one.verify(trusted), Err(AnchorError::Signature));
    }
    let other = AnchorKey::parse(&"1".repeat(64)).expect("a key");
    assert_eq!(other.sign(anchor()).verify(trusted), Err(AnchorError::OtherKey));
}

#[test]
fn what_is_no_key_file_is_refused_without_showing_it() {
    for text in ["", "abc", &"g".repeat(64), &"1".repeat(65), &format!("{SECRET} {SECRET}")] {
        let error = AnchorKey::parse(text).err().expect(text);
        assert_eq!(error, AnchorError::KeyFile);
        assert!(text.is_empty() || !error.to_string().contains(text));
    }
}
