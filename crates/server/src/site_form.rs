//! The offline form of an inspection as one HTML page. A page and not a workbook, since a laptop and a telephone open it without network and
//! without another program, it digests evidence and holds what is typed to its bounds on site, and what it saves is plain text that is read
//! strictly; a workbook wants an office program, digests nothing, and comes back as foreign bytes to take apart.
//!
//! It is handed out to be saved and is no page of this server, whose own pages run no script of their text.

use mingcha_casework::docket::FormHead;

/// The page; its words beside those of the form's fields stand in it.
const PAGE: &str = include_str!("site_form.html");
/// Where the data go.
const DATA: &str = "{{data}}";

/// The page with what the form holds in it. Whatever stands there is data and never markup.
pub fn page(head: &FormHead) -> Result<String, serde_json::Error> {
    let data = serde_json::to_string(head)?;
    // JSON has `<` inside of texts alone, and there it may be written so; then nothing ends the element that holds it.
    Ok(PAGE.replacen(DATA, &data.replace('<', "\\u003c"), 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;
    use std::collections::BTreeMap;

    fn head(institution: &str) -> FormHead {
        FormHead {
            form: "form",
            inspection: "i-1".into(),
            title: "专项检查".into(),
            kind: String::new(),
            institution: institution.into(),
            code: String::new(),
            plan: String::new(),
            notice: String::new(),
            entered: None,
            officers: Vec::new(),
            guides: Vec::new(),
            most_bytes: 1,
            words: BTreeMap::new(),
            seen: Vec::new(),
        }
    }

    #[test]
    fn what_people_typed_is_data_and_never_markup() {
        let name = "</script><img src=x onerror=alert(1)><!-- {{data}} 某医院";
        let page = page(&head(name)).expect("a page");
        assert_eq!(page.matches("</script>").count(), 2, "the page's own two elements end");
        assert!(!page.contains("<img") && !page.contains("<!-- {{data}}"), "{page}");
        let (_, rest) = page.split_once("id=\"data\">").expect("the data");
        let (data, _) = rest.split_once("</script>").expect("its end");
        let data: Value = serde_json::from_str(data).expect("JSON");
        assert_eq!(data["institution"], name, "and says what was typed");
    }

    #[test]
    fn the_page_calls_nobody() {
        assert_eq!(PAGE.matches(DATA).count(), 1);
        assert!(PAGE.contains("default-src 'none'"), "its own policy lets nothing out");
        for call in ["http:", "https:", "//www", "src=", "fetch(", "XMLHttpRequest", "innerHTML", "import("] {
            assert!(!PAGE.contains(call), "{call}");
        }
    }
}
