// A lost connection: an act says so at once and is never sent by itself later; a screen that cannot be read says why.

import { expect, settled, signIn, test } from "./desk";
import { choose, write } from "./steps";

test("without a network an act says so at once, and what was given up is not sent later", async ({
  page,
  context,
}) => {
  await signIn(page, "city-handler");
  await page.goto("/cases?state=investigating");
  await page.getByRole("grid", { name: "案件" }).locator('[data-row="0"]').click();
  await settled(page);
  await page.getByRole("button", { name: "收集证据", exact: true }).click();
  const form = page.getByRole("form", { name: "收集证据" });
  await choose(form, "证据种类", "书证");
  await write(form, "证据名称", "断网时填写的证据");
  await choose(form, "证据来自", "系统外的原件");
  await write(form, "SM3摘要（没有扫描件的留空）", "1".repeat(64));
  await write(form, "SHA-256摘要（没有扫描件的留空）", "2".repeat(64));
  await write(form, "提供人或者取得方式", "由该院病案室提供");
  await context.setOffline(true);
  await form.getByRole("button", { name: "收集证据", exact: true }).click();
  await expect(form.getByRole("alert").filter({ hasText: "与服务器的连接中断" })).toBeVisible();

  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() !== "GET") sent.push(request.url());
  });
  await page.locator(".ant-drawer-close").click();
  // To stay is what lies nearest, and leaving says what it loses.
  await expect(page.getByRole("button", { name: "继续填写" })).toBeFocused();
  await expect(page.getByText("不会保留，也不会提交", { exact: false })).toBeVisible();
  await page.getByRole("button", { name: "放弃填写" }).click();
  await expect(form).toBeHidden();
  await context.setOffline(false);
  // What waited for the network would go now.
  await page.waitForTimeout(2_000);
  await settled(page);
  expect(sent).toEqual([]);
  await page.getByRole("tab", { name: /^证据/ }).click();
  await expect(page.getByRole("cell", { name: "断网时填写的证据" })).toHaveCount(0);
});

test("a screen that cannot be read says that the connection is lost, and is read again", async ({
  page,
  context,
}) => {
  await signIn(page, "city-lead");
  await settled(page);
  await context.setOffline(true);
  const navigation = page.getByRole("navigation", { name: "功能" });
  await navigation.getByRole("link", { name: "部门协同" }).click();
  await expect(page.getByText("与服务器的连接中断")).toBeVisible();
  await expect(navigation).toBeVisible();
  await context.setOffline(false);
  await page.getByRole("button", { name: "重试" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});
