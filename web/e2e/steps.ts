// Steps of long stories: another person sits down, an act's form is opened, filled in and done.

import { expect, type Locator, type Page } from "@playwright/test";
import { settled, signIn } from "./desk";

/** Another person signs in and opens a path. */
export async function as(page: Page, account: string, path: string): Promise<void> {
  await page.context().clearCookies();
  await signIn(page, account);
  await page.goto(path);
  await settled(page);
}

/** The field of a form by its label. */
export function item(form: Locator, label: string): Locator {
  return form.locator(".ant-form-item", { has: form.page().getByText(label, { exact: true }) }).last();
}

/** Chooses from a list by a part of what it shows. */
export async function choose(form: Locator, label: string, words: string): Promise<void> {
  const list = item(form, label).getByRole("combobox");
  await list.click();
  if (await list.isEditable()) await list.fill(words);
  // The list of the one before may still be closing.
  const own = await list.getAttribute("aria-controls");
  await form
    .page()
    .locator(".ant-select-dropdown:visible")
    .filter({ has: form.page().locator(`[id="${own}"]`) })
    .locator(".ant-select-item-option")
    .filter({ hasText: words })
    .first()
    .click();
}

/** Types entries of a list, one by one. */
export async function entries(form: Locator, label: string, texts: string[]): Promise<void> {
  const list = item(form, label).getByRole("combobox");
  for (const text of texts) {
    await list.fill(text);
    await list.press("Enter");
  }
  await list.blur();
}

export async function answerYes(form: Locator, label: string, yes = true): Promise<void> {
  await item(form, label)
    .getByRole("radio", { name: yes ? "是" : "否" })
    .check();
}

export async function write(form: Locator, label: string, text: string): Promise<void> {
  await item(form, label).getByRole("textbox").first().fill(text);
}

/** Opens the form of an act, fills it in and does it. */
export async function act(
  page: Page,
  title: string,
  fill: (form: Locator) => Promise<void> = async () => undefined,
): Promise<void> {
  await page.getByRole("button", { name: title, exact: true }).first().click();
  const form = page.getByRole("dialog").getByRole("form", { name: title, exact: true });
  await expect(form).toBeVisible();
  await fill(form);
  await form.getByRole("button", { name: title, exact: true }).click();
  await expect(form).toBeHidden();
  await settled(page);
}

/** Issues a paper with what the record lacks, by label, a line for each row of a list; says its number, empty where it has none. */
export async function issue(page: Page, title: string, texts: Record<string, string>): Promise<string> {
  const offered = page.getByRole("row").filter({ hasText: title }).filter({ hasText: "填写与预览" });
  await offered.getByRole("button", { name: "填写与预览" }).click();
  const drawer = page.locator(".ant-drawer").filter({ hasText: title });
  for (const [label, text] of Object.entries(texts)) await write(drawer, label, text);
  await drawer.getByRole("button", { name: "出具", exact: true }).click();
  const asked = page.getByRole("dialog").filter({ hasText: "出具后编号并固定" });
  await asked.getByRole("button", { name: "出具", exact: true }).click();
  await expect(drawer).toBeHidden();
  await settled(page);
  const issued = page.getByRole("row").filter({ hasText: title }).filter({ hasText: "下载" });
  const number = await issued.getByRole("cell").nth(2).textContent();
  return !number || number === "—" ? "" : number;
}

/** The state that stands beside the title. */
export async function stands(page: Page, state: string): Promise<void> {
  await expect(page.locator(".title .sign").first()).toHaveText(state);
}
