// How long screens take in a browser, against a server that is filled: `measure.mjs URL ACCOUNT ROUNDS`, the password in the environment.
// Prints JSON: the first screen from nothing, then every next by a click, each with its slowest question to the server.

import { chromium } from "@playwright/test";

const [url, account, rounds] = process.argv.slice(2);
const password = process.env.MINGCHA_PASSWORD ?? "";
/** What is still being read: skeletons, spinners, figures that are not there yet. */
const BUSY = ".ant-skeleton, .ant-spin-spinning, [aria-busy=true]";
/** A screen that asks nothing more for so long is there; the time itself is not counted. */
const QUIET = 400;

/** Screens by the words of the navigation, in the order in which a morning goes. */
const PLACES = [
  "总览",
  "线索",
  "案件",
  "案件移送",
  "举报与检查",
  "自查自纠",
  "协议与人员",
  "部门协同",
  "团伙",
  "画像",
  "台账与统计",
  "本单位事务",
  "规则与知识",
  "数据",
  "今日",
];

/** Follows what a page asks of its server. */
function watch(page) {
  const seen = { open: 0, last: 0, asked: [], script: 0 };
  page.on("request", () => {
    seen.open += 1;
  });
  const over = () => {
    seen.open -= 1;
    seen.last = performance.now();
  };
  page.on("requestfailed", over);
  page.on("requestfinished", async (request) => {
    over();
    const { pathname, search } = new URL(request.url());
    const { requestStart, responseEnd } = request.timing();
    if (pathname.startsWith("/api/"))
      seen.asked.push([responseEnd - Math.max(requestStart, 0), pathname + search]);
    if (pathname.endsWith(".js")) {
      const sizes = await request.sizes().catch(() => ({ responseBodySize: 0 }));
      seen.script += sizes.responseBodySize;
    }
  });
  return seen;
}

/** Does something and answers the milliseconds until all that it brings is drawn. */
async function timed(page, seen, work) {
  seen.asked.length = 0;
  const start = performance.now();
  seen.last = start;
  await work();
  let there = performance.now();
  for (;;) {
    const busy = seen.open > 0 || (await page.locator(BUSY).count()) > 0;
    const now = performance.now();
    if (busy) there = now;
    else if (now - there > QUIET && now - seen.last > QUIET) break;
    if (now - start > 60_000) throw new Error(`${page.url()} does not come to rest in 60 s`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  // What came is drawn with the next frame.
  const slow = [...seen.asked].sort((a, b) => b[0] - a[0])[0] ?? [0, ""];
  return { ms: Math.max(there, seen.last) - start, slowest_ms: slow[0], slowest: slow[1] };
}

const middle = (values) => [...values].sort((a, b) => a.ms - b.ms)[Math.floor(values.length / 2)];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
});
const options = {
  viewport: { width: 1366, height: 768 },
  locale: "zh-CN",
  timezoneId: "Asia/Shanghai",
  reducedMotion: "reduce",
};
const door = await browser.newContext(options);
const signing = await door.newPage();
await signing.goto(url);
await signing.getByLabel("账号").fill(account);
await signing.getByLabel("口令").fill(password);
await signing.getByRole("button", { name: "登录" }).click();
await signing.getByRole("navigation", { name: "功能" }).waitFor();
const storageState = await door.storageState();
await door.close();

const screens = new Map();
const add = (name, figure) => screens.set(name, [...(screens.get(name) ?? []), figure]);
let script = 0;
for (let round = 0; round < Number(rounds); round += 1) {
  // Nothing is kept from the round before, but for the session.
  const context = await browser.newContext({ ...options, storageState });
  const page = await context.newPage();
  const seen = watch(page);
  add("first", await timed(page, seen, () => page.goto(url, { waitUntil: "commit" })));
  script = Math.max(script, seen.script);
  const nav = page.getByRole("navigation", { name: "功能" });
  for (const place of PLACES) {
    const link = nav.getByText(place, { exact: true });
    if ((await link.count()) === 0) continue;
    add(place, await timed(page, seen, () => link.click()));
  }
  await timed(page, seen, () => nav.getByText("线索", { exact: true }).click());
  const grid = page.getByRole("grid", { name: "线索" });
  add(
    "线索：按金额排序",
    await timed(page, seen, () => grid.getByRole("button", { name: /^涉及金额/ }).click()),
  );
  add(
    "线索：滚到第一千条",
    await timed(page, seen, () => grid.evaluate((place) => place.scrollTo({ top: 1000 * 38 }))),
  );
  const states = page.getByRole("combobox", { name: "状态" });
  await states.click();
  add(
    "线索：按状态筛选",
    await timed(page, seen, () =>
      page.locator(".ant-select-dropdown:visible .ant-select-item-option").first().click(),
    ),
  );
  await page.keyboard.press("Escape");
  add("线索：打开一条", await timed(page, seen, () => grid.locator('[data-row="0"]').click()));
  await context.close();
}
await browser.close();
const all = Object.fromEntries([...screens].map(([name, figures]) => [name, middle(figures)]));
console.log(JSON.stringify({ script_bytes: script, screens: all }));
