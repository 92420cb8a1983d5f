// A screened clue to its answer; the same by keyboard alone; an act that the law refuses.

import type { Page } from "@playwright/test";
import { accessible, expect, picture, settled, signIn, test } from "./desk";
import { SITE_WORDS } from "./setup";

/** Opens the first clue of a view. */
async function first(page: Page, search: string): Promise<void> {
  await page.goto(`/clues?${search}`);
  const row = page.getByRole("grid", { name: "线索" }).locator('[data-row="0"]');
  await expect(row).toContainText(/\S{4}/);
  await row.click();
  await expect(page).toHaveURL(/\/clues\/[^/]+$/);
  await settled(page);
}

async function act(
  page: Page,
  title: string,
  fill: () => Promise<void> = async () => undefined,
): Promise<void> {
  await page.getByRole("button", { name: title, exact: true }).first().click();
  const form = page.getByRole("form", { name: title });
  await expect(form).toBeVisible();
  await fill();
  await form.getByRole("button", { name: title, exact: true }).click();
  await expect(page.getByText(`${title}：已办理并留痕`)).toBeVisible();
}

test("a screened clue is registered, checked and answered", async ({ page }) => {
  await signIn(page, "city-lead");
  await first(page, "state=received&sort=amount&descending=true");
  await expect(page.getByText("看到了什么")).toBeVisible();
  await expect(page.getByText("法律依据")).toBeVisible();
  await accessible(page);
  await picture(page, "clue-received");
  await act(page, "登记");
  await expect(page.getByText("已登记").first()).toBeVisible();
  await act(page, "开始核查");
  const form = page.getByRole("form", { name: "反馈" });
  await expect(form).toBeVisible();
  await accessible(page);
  await picture(page, "clue-verifying");
  await form.getByLabel("核查结论").click();
  await page.getByTitle("查实", { exact: true }).click();
  await form.getByLabel(SITE_WORDS).fill("现场核对原始单据，明细与系统一致。");
  await form.getByLabel("查实金额（元）").fill("1,234.50");
  await form.getByLabel("追回基金").check();
  await form.getByRole("button", { name: "反馈", exact: true }).click();
  await expect(page.getByText("反馈：已办理并留痕")).toBeVisible();
  await expect(page.getByText("1,234.50 元").first()).toBeVisible();
  await settled(page);
  await picture(page, "clue-answered");
});

test("an act that the law refuses says every condition and keeps what was typed", async ({ page }) => {
  await signIn(page, "city-lead");
  await first(page, "state=answered&sort=changed&descending=true");
  // Who answered may not check the own answer; that is known before, and the form may be read all the same.
  await expect(page.getByRole("button", { name: "退回重查", exact: true })).toHaveCount(0);
  await page.getByRole("button", { name: /^本环节、条件还不具备/ }).click();
  await expect(page.getByText("复核人与核查人是同一人", { exact: false }).first()).toBeVisible();
  await page.getByRole("button", { name: "退回重查", exact: true }).click();
  const form = page.getByRole("form", { name: "退回重查" });
  await form.getByLabel("理由").fill("请补充原始单据");
  await form.getByRole("button", { name: "退回重查", exact: true }).click();
  await expect(form.getByRole("alert")).toContainText("复核人与核查人是同一人");
  await expect(form.getByLabel("理由")).toHaveValue("请补充原始单据");
  await picture(page, "clue-refused");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog").filter({ hasText: "填写的内容还没有提交" }).last()).toBeVisible();
});

test("the short number that a clue's page shows finds it again", async ({ page }) => {
  await signIn(page, "city-lead");
  await first(page, "sort=score&descending=true");
  const here = new URL(page.url()).pathname;
  const short = ((await page.locator(".title .code").first().textContent()) ?? "").trim();
  expect(short).toMatch(/^线索 c[0-9a-f]{7}$/);
  await first(page, `q=${encodeURIComponent(short)}`);
  expect(new URL(page.url()).pathname).toBe(here);
});

test("a clue is found, opened and registered by keyboard alone", async ({ page }) => {
  await signIn(page, "city-handler");
  await page.goto("/clues?state=received");
  const grid = page.getByRole("grid", { name: "线索" });
  await expect(grid.locator('[data-row="0"]')).toContainText(/\S{4}/);
  for (let times = 0; times < 60; times += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement?.hasAttribute("data-row"))) break;
  }
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(grid.locator('[data-row="2"]')).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/clues\/[^/]+$/);
  await settled(page);
  const button = page.getByRole("button", { name: "登记", exact: true });
  await expect(button).toBeVisible();
  for (let times = 0; times < 80; times += 1) {
    await page.keyboard.press("Tab");
    if (await button.evaluate((one) => one === document.activeElement)) break;
  }
  await expect(button).toBeFocused();
  await page.keyboard.press("Enter");
  const form = page.getByRole("form", { name: "登记" });
  await expect(form).toBeVisible();
  const submit = form.getByRole("button", { name: "登记", exact: true });
  for (let times = 0; times < 20; times += 1) {
    await page.keyboard.press("Tab");
    if (await submit.evaluate((one) => one === document.activeElement)) break;
  }
  await page.keyboard.press("Enter");
  await expect(page.getByText("登记：已办理并留痕")).toBeVisible();
});
