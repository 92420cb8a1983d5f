// Every screen once, at both sizes: nothing serious for axe, nothing that the page's rules forbid, a picture to look at.

import { accessible, expect, picture, settled, signIn, test } from "./desk";

const SCREENS: [string, string, string][] = [
  ["city-lead", "/", "today"],
  ["city-lead", "/overview", "overview"],
  ["city-lead", "/overview?machine=case", "overview-cases"],
  ["city-lead", "/clues", "clues"],
  ["city-lead", "/cases", "cases"],
  ["city-lead", "/cases?view=board", "cases-board"],
  ["city-lead", "/transfers", "transfers"],
  ["city-lead", "/field", "complaints"],
  ["city-lead", "/field?tab=inspection", "inspections"],
  ["city-lead", "/field?tab=inspection&view=board", "inspection-board"],
  ["city-lead", "/self-checks", "self-checks"],
  ["agency-lead", "/measures", "measures"],
  ["city-lead", "/joint", "joint"],
  ["city-lead", "/gangs", "gangs"],
  ["city-lead", "/portraits", "portraits"],
  ["city-lead", "/ledgers", "ledgers"],
  ["city-lead", "/rules", "rules"],
  ["city-lead", "/rules?tab=coverage", "rules-coverage"],
  ["city-lead", "/rules?tab=knowledge", "knowledge"],
  ["city-lead", "/rules?tab=feedback", "rules-feedback"],
  ["city-lead", "/rules?tab=machines", "procedures"],
  ["city-lead", "/rules?tab=limits", "limits"],
  ["city-lead", "/rules?tab=measures", "law-measures"],
  ["city-lead", "/rules?tab=calendars", "calendars"],
  ["city-lead", "/desk", "draws"],
  ["city-lead", "/desk?tab=exports", "exports"],
  ["city-head", "/desk?tab=letterhead", "letterhead"],
  ["hospital-handler", "/self-checks", "self-checks-institution"],
  ["city-head", "/", "today-head"],
  ["police-handler", "/", "today-police"],
  ["province-stat", "/data", "data-intake"],
  ["province-stat", "/data?tab=quarantine", "data-quarantine"],
  ["province-stat", "/data?tab=jobs", "data-jobs"],
];

for (const [account, path, name] of SCREENS) {
  test(`${name} shows without a fault`, async ({ page }) => {
    await signIn(page, account);
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await settled(page);
    await accessible(page);
    await picture(page, name);
  });
}

test("a case shows its way, evidence and money", async ({ page }) => {
  await signIn(page, "city-lead");
  // One that came far enough to have evidence, papers and money.
  await page.goto("/cases?state=decided");
  await page.getByRole("grid", { name: "案件" }).locator('[data-row="0"]').click();
  await settled(page);
  await accessible(page);
  await picture(page, "case");
  await page.getByRole("button", { name: /^其他环节的操作/ }).click();
  await expect(page.getByRole("listitem").filter({ hasText: /^已结案：归档$/ })).toBeVisible();
  for (const [tab, name] of [
    [/^证据/, "case-evidence"],
    [/^款项/, "case-money"],
    [/^办案人员/, "case-team"],
  ] as const) {
    await page.getByRole("tab", { name: tab }).click();
    await picture(page, name);
  }
  await accessible(page);
});

test("a group is drawn, and a pair shows its times", async ({ page }) => {
  await signIn(page, "city-lead");
  await page.goto("/gangs");
  await settled(page);
  for (const name of ["人数", "机构", "起止日期", "涉及金额（元）"])
    await expect(page.getByRole("columnheader", { name, exact: true })).toBeVisible();
  await page.locator("tbody a").first().click();
  await expect(page.locator(".graph canvas").first()).toBeVisible();
  await settled(page);
  await accessible(page);
  await page.getByRole("button", { name: /次$/ }).first().click();
  await expect(page.getByRole("columnheader", { name: "另一方" })).toBeVisible();
  // The terminals of its settlements stand in the graph, and may be left out.
  await expect(page.getByRole("checkbox", { name: "结算终端" })).toBeChecked();
  await picture(page, "gang");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "导出图片" }).click();
  expect((await download).suggestedFilename()).toMatch(/\.png$/);
  await page.getByRole("checkbox", { name: "结算终端" }).uncheck();
  await expect(page.locator(".graph canvas").first()).toBeVisible();
});

test("an institution's portrait is drawn without its code in the address", async ({ page }) => {
  await signIn(page, "city-lead");
  const found = await page.request.get("/api/v1/matters?machine=clue&size=200");
  const items = ((await found.json()) as { items: { institution: string }[] }).items;
  const code = items.find((one) => one.institution)?.institution ?? "";
  await page.goto("/portraits");
  await page.getByRole("combobox", { name: "代码" }).fill(code);
  await page.getByRole("button", { name: "看机构" }).click();
  await settled(page);
  expect(page.url()).not.toContain(code);
  await expect(page.getByText("诊疗与费用，按月")).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "基金支付（元）" })).toBeVisible();
  await expect(page.getByText("费用构成", { exact: true })).toBeVisible();
  await accessible(page);
  await picture(page, "portrait");
});

test("an insured person's portrait has months and money, and no name", async ({ page }) => {
  await signIn(page, "city-lead");
  const found = await page.request.get("/api/v1/matters?machine=clue&size=500&sort=score&descending=true");
  type Listed = { items: { subject: string; subject_kind: string; source: string }[] };
  const items = ((await found.json()) as Listed).items;
  const person = items.find((one) => one.subject_kind === "person" && one.source === "screening");
  await page.goto("/portraits");
  await page.getByRole("combobox", { name: "代码" }).fill(person?.subject ?? "");
  await page.getByRole("button", { name: "看人员或其他对象" }).click();
  await settled(page);
  expect(page.url()).not.toContain(person?.subject ?? "");
  await expect(page.getByText("诊疗与费用，按月")).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "门诊人次" })).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "人数", exact: true })).toHaveCount(0);
  await expect(page.getByText("费用构成", { exact: true })).toBeVisible();
  await accessible(page);
  await picture(page, "portrait-person");
});

test("the administrators' tabs show accounts, policies, the trail and its proof", async ({ page }) => {
  await signIn(page, "security");
  await settled(page);
  // Accounts have the names of their letterheads.
  await expect(page.getByRole("columnheader", { name: "姓名", exact: true })).toBeVisible();
  await accessible(page);
  await picture(page, "admin-accounts");
  await page.getByRole("tab", { name: "单位" }).click();
  await settled(page);
  await accessible(page);
  await picture(page, "admin-organisations");
  await page.getByRole("tab", { name: "权限策略" }).click();
  await settled(page);
  await accessible(page);
  await picture(page, "admin-policies");
  await page.context().clearCookies();
  await signIn(page, "auditor");
  await settled(page);
  await accessible(page);
  await picture(page, "admin-trail");
  await page.getByRole("tab", { name: "核验" }).click();
  await page.getByRole("button", { name: "核验全部记录" }).click();
  await expect(page.getByRole("status").filter({ hasText: "没有发现改动" })).toBeVisible();
  await picture(page, "admin-proof");
  await page.context().clearCookies();
  await signIn(page, "system");
  await settled(page);
  await accessible(page);
  await picture(page, "admin-settings");
  await page.getByRole("tab", { name: "密钥" }).click();
  await page.getByRole("button", { name: "更换密钥" }).first().click();
  const asking = page.getByRole("form", { name: "更换个人信息的密钥" });
  await asking.getByLabel("理由").fill("密钥使用满一年");
  await accessible(page);
  await picture(page, "admin-keys-asked");
  await asking.getByRole("button", { name: "开始更换" }).click();
  await expect(page.getByText(/^已换用 k\d+，重新加密/)).toBeVisible();
  await settled(page);
  await accessible(page);
  await picture(page, "admin-keys");
  await page.getByRole("tab", { name: "备份" }).click();
  await page.getByRole("button", { name: "现在备份" }).click();
  await page
    .getByRole("button", { name: /^核验 backup-/ })
    .first()
    .click();
  await expect(page.getByText("可以恢复").first()).toBeVisible({ timeout: 60_000 });
  await settled(page);
  await accessible(page);
  await picture(page, "admin-backups");
  for (const [tab, name] of [
    ["法定期限", "admin-limits"],
    ["工作日历", "admin-calendars"],
    ["处理依据", "admin-measures"],
  ] as const) {
    await page.getByRole("tab", { name: tab }).click();
    await settled(page);
    await accessible(page);
    await picture(page, name);
  }
});

test("a rule shows all its words, its parameters and what it covers", async ({ page }) => {
  await signIn(page, "city-lead");
  await page.goto("/rules");
  await page.getByRole("textbox", { name: "查找规则" }).fill("药品限定性别");
  await page
    .getByRole("link", { name: /药品限定性别/ })
    .first()
    .click();
  await expect(page.getByRole("link", { name: "药品限定条件" })).toBeVisible();
  for (const part of ["查什么", "可能的合理情形", "核查要点", "参数", "核查反馈"])
    await expect(page.getByText(part, { exact: true }).first()).toBeVisible();
  await page.getByRole("button", { name: "运行验证用例" }).click();
  await expect(page.getByRole("status").filter({ hasText: /^\d+ 个通过$/ })).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "应当发现" })).toBeVisible();
  await settled(page);
  await accessible(page);
  await picture(page, "rule");
});

test("other values of a rule are tried on the data before anybody keeps them", async ({ page }) => {
  await signIn(page, "province-stat");
  await page.goto("/rules?rule=institution/readmission");
  await page.getByRole("spinbutton", { name: "days的试算值" }).fill("31");
  await page.getByRole("button", { name: "试算", exact: true }).click();
  await expect(page.getByText("试算参数完成", { exact: false })).toBeVisible();
  await expect(page.getByRole("region", { name: "试算对照" }).getByText("试算值")).toBeVisible();
  // The lines for the site's file, as only whoever is in charge keeps them here.
  await expect(page.getByText("days = 31", { exact: false })).toBeVisible();
  await settled(page);
  await accessible(page);
  await picture(page, "rule-tried");
});

test("knowledge is looked up by code and day", async ({ page }) => {
  await signIn(page, "city-lead");
  await page.goto("/rules");
  await page.getByRole("tab", { name: "知识" }).click();
  await page.getByLabel("查找知识").fill("XB05AAR021B001");
  await page.getByRole("button", { name: "查找" }).click();
  // The row of its prefix, under the heads of the table's own columns.
  await expect(page.getByRole("columnheader", { name: "药品代码前缀" })).toBeVisible();
  await expect(page.getByRole("cell", { name: "人血白蛋白" })).toBeVisible();
  await expect(page.getByText("符合条件 1 行", { exact: false })).toBeVisible();
  await page.getByRole("textbox", { name: "有效日期" }).fill("2025-06-30");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("cell", { name: "人血白蛋白" })).toBeVisible();
  await settled(page);
  await accessible(page);
  await picture(page, "knowledge-found");
});

test("matters of every kind are shown in words", async ({ page }) => {
  await signIn(page, "city-lead");
  const found = await page.request.get("/api/v1/matters?size=500&sort=changed&descending=true");
  const { items } = (await found.json()) as { items: { id: string; machine: string }[] };
  const firsts = new Map(items.map((one) => [one.machine, one.id]));
  for (const [machine, id] of firsts) {
    if (["clue", "case"].includes(machine)) continue;
    await page.goto(`/matters/${id}`);
    await expect(page.getByText("办理记载")).toBeVisible();
    await settled(page);
    await accessible(page);
    await picture(page, `matter-${machine}`);
  }
});

test("a draw is published, drawn and repeated by the browser", async ({ page }) => {
  await signIn(page, "city-lead");
  await page.goto("/desk");
  const publish = page.getByRole("form", { name: "公布摘要" });
  await publish.getByLabel("抽签事项").fill("抽取专项检查人员");
  await publish.getByRole("button", { name: "公布摘要" }).click();
  const lists = page.getByRole("form", { name: "抽取" });
  await lists.getByLabel("名单").nth(1).fill("city-handler\ncity-handler2\ncounty-handler");
  await lists.getByLabel("抽取几个").nth(1).fill("2");
  await lists.getByRole("button", { name: "抽取", exact: true }).click();
  await expect(page.getByText("本机复算一致")).toBeVisible();
  await expect(page.getByRole("button", { name: "抽取专项检查人员" })).toBeVisible();
  await settled(page);
  await accessible(page);
  await picture(page, "draw-made");
});

test("an export of personal data takes two people and is taken once", async ({ page }) => {
  await signIn(page, "city-lead");
  await page.goto("/desk?tab=exports");
  await page.getByRole("button", { name: "申请导出" }).click();
  const asking = page.getByRole("form", { name: "申请导出个人信息" });
  await asking.getByLabel("事由").fill("送达行政处罚决定书");
  await asking.getByRole("button", { name: "提交申请" }).click();
  await expect(page.getByText("待审批")).toBeVisible();
  await page.context().clearCookies();
  await signIn(page, "city-head");
  await page.goto("/desk?tab=exports");
  await page.getByRole("button", { name: "批准", exact: true }).click();
  const deciding = page.getByRole("form", { name: "批准导出" });
  await deciding.getByLabel("理由").fill("送达需要");
  await deciding.getByRole("button", { name: "批准导出" }).click();
  await expect(page.getByText("已批准，待领取")).toBeVisible();
  await page.context().clearCookies();
  await signIn(page, "city-lead");
  await page.goto("/desk?tab=exports");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "领取（仅一次）" }).click();
  expect((await download).suggestedFilename()).toBe("个人信息导出.csv");
  await expect(page.getByRole("cell", { name: "已领取" })).toBeVisible();
  await settled(page);
  await picture(page, "exports-taken");
});

test("the clearing board and batch registration", async ({ page }) => {
  await signIn(page, "city-lead");
  await page.goto("/clues?state=received");
  await page.getByRole("button", { name: "清仓进度" }).click();
  await settled(page);
  await accessible(page);
  await picture(page, "clearing");
  await page.getByRole("button", { name: "← 线索" }).click();
  const boxes = page.getByRole("grid", { name: "线索" }).getByRole("checkbox");
  await boxes.nth(4).check();
  await boxes.nth(5).check();
  await page.getByRole("button", { name: "批量登记" }).click();
  await page.getByRole("button", { name: "逐条登记" }).click();
  await expect(page.getByText("办成 2 条，未办成 0 条。")).toBeVisible();
});
