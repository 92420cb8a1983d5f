// A commission of a third party: ended, given anew for one clue, seen by the third party alone as far as it goes; who may not give one.

import type { Page } from "@playwright/test";
import { accessible, expect, picture, settled, signIn, test } from "./desk";
import { as, choose, item, write } from "./steps";

const PATH = "/desk?tab=commissions";

/** Ids of the clues that whoever is signed in sees. */
async function seen(page: Page): Promise<string[]> {
  const found = await page.request.get("/api/v1/matters?machine=clue&size=500");
  return ((await found.json()) as { items: { id: string }[] }).items.map((one) => one.id);
}

test("a third party sees what its commission names and nothing else", async ({ page }) => {
  test.setTimeout(600_000);
  await signIn(page, "city-head");
  await page.goto(PATH);
  const row = page.getByRole("row").filter({ hasText: "audit-firm" });
  await expect(row).toContainText("委托中");
  await expect(row).toContainText("示例县人民医院");
  await settled(page);
  await accessible(page);
  await picture(page, "commissions");
  await row.getByRole("button", { name: "终止", exact: true }).click();
  const end = page.getByRole("form", { name: "终止委托" });
  await write(end, "理由", "协查任务完成");
  await picture(page, "commission-end");
  await end.getByRole("button", { name: "终止委托" }).click();
  await expect(row).toContainText("没有委托");

  await as(page, "audit-firm", "/clues");
  expect(await seen(page)).toEqual([]);

  await as(page, "city-head", PATH);
  const own = await page.request.get(
    "/api/v1/matters?machine=clue&organisation=990100-yb&state=received&size=1",
  );
  const [clue] = ((await own.json()) as { items: { title: string }[] }).items;
  await row.getByRole("button", { name: "委托", exact: true }).click();
  const form = page.getByRole("form", { name: "委托", exact: true });
  await choose(form, "线索和检查", (clue?.title ?? "").slice(0, 20));
  // The last day may not lie before the first.
  await item(form, "末日").getByRole("textbox").fill("2020-01-01");
  await page.keyboard.press("Tab");
  await write(form, "依据", "示医保委〔2026〕9号");
  await form.getByRole("button", { name: "委托", exact: true }).click();
  await expect(form.getByText("末日不得早于首日")).toBeVisible();
  await item(form, "末日").getByRole("textbox").fill("2030-12-31");
  await page.keyboard.press("Tab");
  // The panel of days fades away.
  await expect(page.locator(".ant-picker-dropdown:visible")).toHaveCount(0);
  await accessible(page);
  await picture(page, "commission-form");
  await form.getByRole("button", { name: "委托", exact: true }).click();
  await expect(row).toContainText("委托中");
  const given = (await (await page.request.get("/api/v1/commissions")).json()) as {
    items: { account: string; commission?: { matters: string[] } }[];
  };
  const named = given.items.find((one) => one.account === "audit-firm")?.commission?.matters ?? [];
  expect(named).toHaveLength(1);

  await as(page, "audit-firm", "/clues");
  expect(await seen(page)).toEqual(named);
  // Neither searched nor exported.
  await expect(page.getByRole("button", { name: "导出" })).toHaveCount(0);
  await expect(page.getByLabel("标题或编号")).toHaveCount(0);
  await expect(page.getByRole("grid", { name: "线索" }).locator('[data-row="0"]')).toContainText(/\S{4}/);
  await accessible(page);
  await picture(page, "commission-third-party");
});

test("whoever is no head is told who commissions", async ({ page }) => {
  await signIn(page, "city-lead");
  await page.goto(PATH);
  await expect(page.getByText("委托第三方由主要负责人办理")).toBeVisible();
  await accessible(page);
  await picture(page, "commissions-lead");
});
