//! The page's markup: head, tables, bars. Knows nothing of findings.

use super::money;
use mingcha_model::Fen;

const STYLE: &str = "
:root{--ink:#1d2733;--soft:#5b6b7c;--line:#d9e0e8;--tint:#f4f7fa;--blue:#1f5fa8;--red:#b3261e;--amber:#9a6700;--green:#2e6b3a}
*{box-sizing:border-box}body{margin:0 auto;max-width:1180px;padding:28px 24px;color:var(--ink);background:#fff;
font:15px/1.65 'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif}
h1{font-size:26px;margin:0 0 4px}h2{font-size:18px;margin:34px 0 10px;border-left:4px solid var(--blue);padding-left:10px}
.figures{display:flex;flex-wrap:wrap;gap:12px;margin:18px 0}.figure{flex:1 1 180px;background:var(--tint);border:1px solid var(--line);border-radius:8px;padding:12px 16px}
.figure b{display:block;font-size:24px;font-variant-numeric:tabular-nums}.figure small{color:var(--soft)}
.caution{background:#fff8e6;border:1px solid #f0dfae;border-radius:8px;padding:8px 14px}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:5px 10px;border-bottom:1px solid var(--line);vertical-align:top}
th{color:var(--soft);font-weight:500;background:var(--tint)}.m{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.bar{background:#8fb4dd;height:10px;border-radius:5px;min-width:2px}.bars td{vertical-align:middle}
.bars th:nth-child(2){width:9%}.bars th:nth-child(3){width:15%}.bars th:last-child{width:36%}
a{color:inherit;text-decoration-color:var(--line)}details:target{border-color:var(--blue)}details{border:1px solid var(--line);border-radius:8px;margin:8px 0;padding:0 14px}details[open]{padding-bottom:10px}
summary{cursor:pointer;padding:9px 0}summary span{color:var(--soft)}.n{display:inline-block;min-width:2.2em;text-align:right;font-variant-numeric:tabular-nums}
.gHigh{color:var(--red)}.gMiddle{color:var(--amber)}.gLow{color:var(--green)}.parts,.law,.more{color:var(--soft);margin:4px 0}
.finding{border-top:1px dashed var(--line);margin-top:10px;padding-top:4px}.finding i{font-style:normal;color:var(--blue)}
.lines{font-size:13px}footer{margin-top:40px;color:var(--soft);font-size:13px;border-top:1px solid var(--line);padding-top:12px;word-break:break-all}
@media print{details{break-inside:avoid}body{max-width:none;padding:0}}
";

/// A row of a table: a name, how many findings, how much money.
pub struct Row {
    /// The name.
    pub name: String,
    /// Findings.
    pub count: u64,
    /// Money.
    pub fen: Fen,
    /// Id of the part of the page that shows more of it.
    pub link: Option<String>,
}

/// A page being written.
pub struct Page {
    text: String,
}

/// A text that cannot become markup.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

impl Page {
    /// A page with its title.
    pub fn new(title: &str) -> Self {
        let title = escape(title);
        let policy = "default-src 'none'; style-src 'unsafe-inline'";
        let text = format!(
            "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\
             <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title><style>{STYLE}</style></head><body><h1>{title}</h1>"
        );
        Self { text }
    }

    /// Markup made by the caller, values escaped.
    pub fn raw(&mut self, markup: &str) {
        self.text.push_str(markup);
    }

    /// A figure with its name.
    pub fn figure(&mut self, name: &str, value: &str, hint: &str) {
        self.raw(&format!(
            "<div class=\"figure\"><span>{}</span><b>{}</b><small>{}</small></div>",
            escape(name),
            escape(value),
            escape(hint)
        ));
    }

    /// A table of name, count and money, with a bar for the money and a note under the title.
    pub fn table(&mut self, title: &str, name: &str, note: &str, rows: Vec<Row>) {
        if rows.is_empty() {
            return;
        }
        let most = rows.iter().map(|row| row.fen.0).max().unwrap_or(0).max(1);
        self.raw(&format!("<h2>{}</h2><p class=\"more\">{}</p><table class=\"bars\"><tr><th>{}</th><th class=\"m\">所见</th><th class=\"m\">涉及金额（元）</th><th></th></tr>", escape(title), escape(note), escape(name)));
        for Row { name, count, fen, link } in rows {
            let name = match link {
                Some(id) => format!("<a href=\"#{}\">{}</a>", escape(&id), escape(&name)),
                None => escape(&name),
            };
            let width = fen.0.max(0).saturating_mul(100) / most;
            self.raw(&format!(
                "<tr><td>{}</td><td class=\"m\">{count}</td><td class=\"m\">{}</td><td><div class=\"bar\" style=\"width:{width}%\"></div></td></tr>",
                name,
                money(fen)
            ));
        }
        self.raw("</table>");
    }

    /// Bars side by side, one a name, as an SVG drawing.
    pub fn bars(&mut self, title: &str, rows: &[Row]) {
        if rows.is_empty() {
            return;
        }
        let most = rows.iter().map(|row| row.fen.0).max().unwrap_or(0).max(1);
        let step = 1080 / rows.len().max(1);
        self.raw(&format!(
            "<h2>{}</h2><svg viewBox=\"0 0 1100 240\" role=\"img\" aria-label=\"{}\">",
            escape(title),
            escape(title)
        ));
        for (at, Row { name, count, fen, .. }) in rows.iter().enumerate() {
            let height = fen.0.max(0).saturating_mul(180) / most;
            let (x, y, wide) = (10 + at * step, 200 - height, step * 7 / 10);
            self.raw(&format!(
                "<g><title>{} {count} 条 {} 元</title><rect x=\"{x}\" y=\"{y}\" width=\"{wide}\" height=\"{height}\" fill=\"#1f5fa8\"/>\
                 <text x=\"{}\" y=\"218\" font-size=\"12\" text-anchor=\"middle\" fill=\"#5b6b7c\">{}</text>\
                 <text x=\"{}\" y=\"{}\" font-size=\"11\" text-anchor=\"middle\" fill=\"#1d2733\">{}</text></g>",
                escape(name),
                money(*fen),
                x + wide / 2,
                escape(name),
                x + wide / 2,
                y - 4,
                fen.0 / 100
            ));
        }
        self.raw("</svg>");
    }

    /// A list with a heading; nothing where it is empty.
    pub fn list(&mut self, title: &str, entries: &[String]) {
        if entries.is_empty() {
            return;
        }
        self.raw(&format!("<p class=\"law\">{}</p><ul>", escape(title)));
        entries.iter().for_each(|entry| self.raw(&format!("<li>{}</li>", escape(entry))));
        self.raw("</ul>");
    }

    /// The whole page.
    pub fn finish(mut self) -> String {
        self.text.push_str("</body></html>\n");
        self.text
    }
}
