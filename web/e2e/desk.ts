// What the stories share: signing in, a watch over the page's rules, the accessibility check, pictures.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";

export const SIZES = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
];

export const test = base.extend<{ watched: string[] }>({
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads what a fixture needs from its pattern
  baseURL: async ({}, use) => use(process.env.MINGCHA_URL),
  // What the page's rules forbid, what it throws, and any call that leaves this machine.
  watched: [
    async ({ page }, use) => {
      const faults: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "error" && /Content Security Policy|Refused to/.test(message.text()))
          faults.push(message.text());
      });
      page.on("pageerror", (error) => faults.push(String(error)));
      page.on("request", (request) => {
        const url = new URL(request.url());
        if (!["127.0.0.1", ""].includes(url.hostname)) faults.push(`left the machine: ${url.hostname}`);
      });
      await use(faults);
      expect(faults).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

export async function signIn(page: Page, account: string): Promise<void> {
  await page.goto("/");
  await page.getByLabel("账号").fill(account);
  await page.getByLabel("口令").fill(process.env.MINGCHA_PASSWORD ?? "");
  await page.getByRole("button", { name: "登录" }).click();
  await expect(page.getByRole("navigation", { name: "功能" })).toBeVisible();
}

/** No serious finding of axe on what is shown. */
export async function accessible(page: Page): Promise<void> {
  // A message that fades has no colours of its own to judge.
  await expect(page.locator(".ant-message-notice-wrapper")).toHaveCount(0);
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations.filter((one) => ["serious", "critical"].includes(one.impact ?? ""));
  expect(
    grave.map(
      (one) =>
        `${one.id}: ${one.nodes
          .map((node) => node.target.join(" "))
          .slice(0, 3)
          .join(" | ")}`,
    ),
  ).toEqual([]);
}

/** A picture at both sizes, where a folder for pictures is named. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.MINGCHA_SHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  for (const size of SIZES) {
    await page.setViewportSize(size);
    // What is drawn by scripts follows the size a picture later; styles are brought to their end.
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    await page.screenshot({ path: join(folder, `${name}-${size.width}.png`), animations: "disabled" });
  }
  await page.setViewportSize(SIZES[0] ?? { width: 1366, height: 768 });
}

/** Waits until nothing is being read any more. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  await expect(page.locator(".ant-skeleton, .ant-spin-spinning")).toHaveCount(0);
}
