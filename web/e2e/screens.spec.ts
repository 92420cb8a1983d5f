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
  ["city-lead", "/self-checks", "self-checks"],
  ["agency-lead", "/measures", "measures"],
  ["city-lead", "/joint", "joint"],
  ["city-lead", "/gangs", "gangs"],
  ["city-lead", "/portraits", "portraits"],
  ["city-lead", "/ledgers", "ledgers"],
  ["city-lead", "/rules", "rules"],
  ["city-lead", "/rules?tab=coverage", "rules-coverage"],
  ["city-lead", "/rules?tab=feedback", "rules-feedback"],
  ["city-lead", "/rules?tab=machines", "procedures"],
  ["city-lead", "/rules?tab=limits", "limits"],
  ["city-lead", "/rules?tab=measures", "law-measures"],
  ["city-lead", "/rules?tab=calendars", "calendars"],
  ["city-lead", "/desk", "draws"],
  ["city-lead", "/desk?tab=exports", "exports"],
  ["city-head", "/desk?tab=letterhead", "letterhead"],
  ["hospital-handler", "/self-checks", "self-checks-institution"],
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
  await page.goto("/cases?sort=changed");
  await page.getByRole("grid", { name: "案件" }).locator('[data-row="0"]').click();
  await settled(page);
  await accessible(page);
  await picture(page, "case");
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
  await page.locator("tbody a").first().click();
  await expect(page.locator(".graph canvas").first()).toBeVisible();
  await settled(page);
  await accessible(page);
  await page.getByRole("button", { name: /次$/ }).first().click();
  await expect(page.getByRole("columnheader", { name: "另一方" })).toBeVisible();
  await picture(page, "gang");
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
  await accessible(page);
  await picture(page, "portrait");
});

test("the administrators' tabs show accounts, policies, the trail and its proof", async ({ page }) => {
  await signIn(page, "security");
  await settled(page);
  await picture(page, "admin-accounts");
  await page.getByRole("tab", { name: "单位" }).click();
  await settled(page);
  await accessible(page);
  await picture(page, "admin-organisations");
  await page.context().clearCookies();
  await signIn(page, "auditor");
  await settled(page);
  await accessible(page);
  await picture(page, "admin-trail");
  await page.getByRole("tab", { name: "核验" }).click();
  await page.getByRole("button", { name: "核验全部记录" }).click();
  await expect(page.getByRole("status").filter({ hasText: "没有发现改动" })).toBeVisible();
  await picture(page, "admin-proof");
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
