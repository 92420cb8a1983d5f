// Data of another department: handed over from a file, met with the people of a clue for its purpose, taken back; who may not.

import { accessible, expect, picture, settled, signIn, test } from "./desk";
import { act, as, choose, item, write } from "./steps";

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** A valid number of nobody: an invented region, a day, a serial and its check digit. */
function certno(serial: number): string {
  const body = `99010019800101${serial}`;
  const sum = WEIGHTS.reduce((sum, weight, at) => sum + weight * Number(body[at]), 0);
  return body + "10X98765432"[sum % 11];
}

const DEAD = certno(501);
const OTHER = certno(502);
/** The same with a check digit that is none. */
const WRONG = OTHER.slice(0, 17) + (OTHER.endsWith("1") ? "2" : "1");
const LETTER = "示公函〔2026〕5号";
const FILE = ["证件号码,起始日,终止日", `${DEAD},2025-03-02,`, `${WRONG},2025-03-03,`, `${OTHER},某日,`].join(
  "\n",
);

/** A day so many days ahead, in China. */
const ahead = (days: number) =>
  new Date(Date.now() + (8 * 3600 + days * 86_400) * 1000).toISOString().slice(0, 10);

test("a department's data is handed over, met with a clue's people and taken back", async ({ page }) => {
  test.setTimeout(900_000);
  await signIn(page, "police-handler");
  await page.goto("/deliveries");
  await settled(page);
  await accessible(page);
  await picture(page, "deliveries-empty");
  await page.getByRole("button", { name: "推送数据", exact: true }).click();
  const form = page.getByRole("form", { name: "推送部门数据" });
  await choose(form, "种类", "死亡");
  await form.getByRole("checkbox", { name: "核查线索" }).check();
  await item(form, "使用至").getByRole("textbox").fill(ahead(60));
  await page.keyboard.press("Tab");
  await write(form, "依据", LETTER);
  // What is half filled in is not lost by a slip of the hand.
  await page.locator(".ant-drawer-close").click();
  await page.getByRole("button", { name: "继续填写" }).click();
  await expect(item(form, "依据").getByRole("textbox")).toHaveValue(LETTER);
  await form
    .getByLabel("选择要推送的数据文件")
    .setInputFiles({ name: "deaths.csv", mimeType: "text/csv", buffer: Buffer.from(FILE) });
  await expect(form.getByText("读出 2 行", { exact: false })).toBeVisible();
  await expect(form.getByText("起始日不是日期", { exact: false })).toBeVisible();
  await accessible(page);
  await picture(page, "deliveries-hand-over");
  await form.getByRole("button", { name: /^推送 2 行$/ }).click();
  await expect(page.getByText("收下 1 行，退回 1 行；另有 1 行读不出", { exact: false })).toBeVisible();
  await expect(page.getByText("校验码不符", { exact: false })).toBeVisible();
  expect(page.url()).not.toContain(DEAD);
  await accessible(page);
  await picture(page, "deliveries-handed-over");
  await page.getByRole("button", { name: "看完，关闭" }).click();
  const row = page.getByRole("row").filter({ hasText: LETTER });
  await expect(row).toContainText("使用中");

  // Those above and below of the line know of it, without anybody's number.
  for (const account of ["city-lead", "county-lead"]) {
    await as(page, account, "/deliveries");
    await expect(row).toContainText("示例市公安局");
    await expect(page.getByRole("button", { name: "推送数据", exact: true })).toHaveCount(0);
    await expect(page.locator("main")).not.toContainText(DEAD);
    await accessible(page);
    await picture(page, `deliveries-${account}`);
  }

  await as(page, "city-lead", "/clues");
  const found = await page.request.get(
    "/api/v1/matters?machine=clue&organisation=990100-yb&state=received&size=1",
  );
  const [clue] = ((await found.json()) as { items: { id: string }[] }).items;
  await page.goto(`/clues/${clue?.id}`);
  await settled(page);
  await act(page, "登记相关人员", async (form) => {
    await choose(form, "身份", "当事人");
    await write(form, "姓名", "甲子丑");
    await write(form, "证件号码", DEAD);
  });
  await page.getByRole("button", { name: "与部门数据比对" }).click();
  const asking = page.getByRole("form", { name: "与部门数据比对" });
  await write(asking, "事由", "核实住院期间是否死亡");
  await accessible(page);
  await picture(page, "deliveries-match");
  await asking.getByRole("button", { name: "比对", exact: true }).click();
  const met = page.getByRole("dialog", { name: "与部门数据比对" });
  await expect(met.getByText("相符的记录 1 条", { exact: false })).toBeVisible();
  await expect(met.getByRole("row").filter({ hasText: "死亡" })).toContainText("2025-03-02");
  await expect(met).not.toContainText(DEAD);
  await accessible(page);
  await picture(page, "deliveries-matched");
  await met.getByRole("button", { name: "看完，关闭" }).click();

  await as(page, "police-handler", "/deliveries");
  await row.getByRole("button", { name: "撤回", exact: true }).click();
  const back = page.getByRole("form", { name: "撤回部门数据" });
  await write(back, "理由", "推送有误");
  await picture(page, "deliveries-withdraw");
  await back.getByRole("button", { name: "撤回并删除" }).click();
  await expect(row).toContainText("已撤回并删除");
  await accessible(page);
  await picture(page, "deliveries");
});

for (const account of ["city-handler", "discipline-handler"]) {
  test(`${account} is told who delivers data and who sees what there is`, async ({ page }) => {
    await signIn(page, account);
    await page.goto("/deliveries");
    await expect(page.getByText("部门数据不由您推送或者查看")).toBeVisible();
    await accessible(page);
    await picture(page, `deliveries-${account}`);
  });
}
