//! The workbench over the wire: its page is never kept and runs no inline script, its assets are kept for ever.

use crate::setup::on_sqlite;

#[tokio::test(flavor = "multi_thread")]
async fn the_page_answers_its_own_paths_under_a_strict_policy() {
    on_sqlite(
        |_| (),
        async |server| {
            let mut nobody = server.nobody();
            let first = nobody.get("/clues/c0a");
            assert_eq!(first.header("content-type"), Some("text/html; charset=utf-8"), "{first:?}");
            assert_eq!(first.header("cache-control"), Some("no-store"));
            let policy = first.header("content-security-policy").expect("a policy").to_owned();
            assert!(
                policy.contains("default-src 'none'") && policy.contains("script-src 'self';"),
                "{policy}"
            );
            assert!(!policy.contains("unsafe"), "{policy}");
            if first.status == 404 {
                // It was not built, and says so in one sentence.
                assert!(first.body.contains("没有带上工作台"), "{first:?}");
                return;
            }
            let nonce =
                policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce");
            assert!(first.body.contains(nonce) && !first.body.contains("__NONCE__"), "{first:?}");
            assert!(!nobody.get("/").body.contains(nonce), "a nonce is used once");

            let asset =
                first.body.split("src=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a script");
            let plain = nobody.send("HEAD", asset, &[], "");
            assert_eq!((plain.status, plain.header("content-encoding")), (200, None), "{plain:?}");
            assert_eq!(plain.header("cache-control"), Some("public, max-age=31536000, immutable"));
            assert_eq!(plain.header("content-type"), Some("text/javascript; charset=utf-8"));
            let packed = nobody.send("HEAD", asset, &[("Accept-Encoding", "br, gzip")], "");
            assert_eq!(packed.header("content-encoding"), Some("gzip"), "{packed:?}");
            assert_eq!(nobody.get("/assets/none.js").code(), "no_route");
            assert_eq!(nobody.get("/favicon.ico").code(), "no_route");
        },
    )
    .await;
}
