// A case by keyboard alone: found, opened, its records gone through, an act filled in and done.

import { expect, type Locator, type Page } from "@playwright/test";
import { settled, signIn, test } from "./desk";
import { item } from "./steps";

/** Goes on by the tabulator until a place has the focus. */
async function tabTo(page: Page, place: Locator): Promise<void> {
  for (let times = 0; times < 120; times += 1) {
    if (await place.evaluate((one) => one === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  await expect(place).toBeFocused();
}

test("a case is found, opened and given evidence by keyboard alone", async ({ page }) => {
  await signIn(page, "city-handler");
  await page.goto("/cases?state=investigating");
  const row = page.getByRole("grid", { name: "案件" }).locator('[data-row="0"]');
  await expect(row).toContainText(/\S{4}/);
  await tabTo(page, row);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/cases\/[^/]+$/);
  await settled(page);

  const first = page.getByRole("tab", { name: "办理记载" });
  await tabTo(page, first);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("tab", { name: /证据/ })).toHaveAttribute("aria-selected", "true");

  const open = page.getByRole("button", { name: "收集证据", exact: true });
  await tabTo(page, open);
  await page.keyboard.press("Enter");
  const form = page.getByRole("form", { name: "收集证据" });
  await expect(form).toBeVisible();
  await tabTo(page, item(form, "证据种类").getByRole("combobox"));
  await page.keyboard.type("书证");
  await page.keyboard.press("Enter");
  await tabTo(page, item(form, "证据来自").getByRole("combobox"));
  await page.keyboard.type("系统外");
  await page.keyboard.press("Enter");
  for (const [label, text] of [
    ["证据名称", "入院登记簿复印件"],
    ["提供人或者取得方式", "由该院病案室提供"],
    ["SM3摘要（没有扫描件的留空）", "1".repeat(64)],
    ["SHA-256摘要（没有扫描件的留空）", "2".repeat(64)],
  ] as const) {
    await tabTo(page, item(form, label).getByRole("textbox"));
    await page.keyboard.type(text);
  }
  await tabTo(page, form.getByRole("button", { name: "收集证据", exact: true }));
  await page.keyboard.press("Enter");
  await expect(form).toBeHidden();
  await expect(page.getByRole("cell", { name: "入院登记簿复印件" })).toBeVisible();
});
