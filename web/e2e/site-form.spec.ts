// The offline form of an inspection: taken along as a page of its own, filled in without the server, brought back as record and findings.

import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "@playwright/test";
import { accessible, expect, picture, settled, signIn, test } from "./desk";

const HOSPITAL = "H99010100001";
const OFFICERS = ["city-handler", "city-handler2"];
const EVIDENCE = { name: "凭证.txt", mimeType: "text/plain", buffer: Buffer.from("示例凭证") };

/** Writes as the one who is signed in. */
async function post<T>(page: Page, path: string, data: object): Promise<T> {
  const me = (await (await page.request.get("/api/v1/session")).json()) as { csrf_token: string };
  const headers = { "X-CSRF-Token": me.csrf_token, "Idempotency-Key": randomUUID() };
  const answer = await page.request.post(path, { headers, data });
  expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
  return (await answer.json()) as T;
}

/** An unannounced inspection whose officers were drawn and have entered the site; says its id. */
async function onSite(page: Page): Promise<string> {
  const { id } = await post<{ id: string }>(page, "/api/v1/matters", {
    machine: "inspection",
    act: "open",
    region: "990101",
    source: "inspection",
    title: "离线记录的飞行检查",
    institution: HOSPITAL,
    input: {
      input: "plan_inspection",
      kind: "unannounced",
      institution: HOSPITAL,
      plan: "2026年度计划第9项",
    },
  });
  const { draw, seed } = await post<{ draw: { id: string }; seed: string }>(page, "/api/v1/draws", {
    title: "抽取飞行检查人员",
  });
  const lists = {
    officers: { list: OFFICERS, count: 2 },
    institutions: { list: [HOSPITAL], count: 1 },
  };
  await post(page, `/api/v1/draws/${draw.id}/result`, { seed, lists });
  const path = `/api/v1/matters/${id}/acts`;
  const input = { input: "draw", draw: draw.id, accounts: OFFICERS };
  const { version } = await post<{ version: number }>(page, `${path}/draw`, { version: 1, input });
  await post(page, `${path}/enter`, { version });
  return id;
}

/** Fills the form in as an officer does on site. */
async function fillIn(form: Page): Promise<void> {
  const entered = (await form.locator("dd").nth(6).textContent()) ?? "";
  await form.getByLabel("记录时间").fill(entered.slice(0, 16).replace(" ", "T"));
  await form.getByLabel("地点").fill("住院收费处");
  const officers = form.getByRole("group", { name: "记录的执法人员" }).getByRole("checkbox");
  await officers.nth(0).check();
  await officers.nth(1).check();
  await form.getByLabel("在场人员1的姓名").fill("合成某乙");
  await form.getByLabel("在场人员1的职务").fill("院办主任");
  await form.getByRole("group", { name: /^M001/ }).getByRole("radio", { name: "未发现" }).check();
  const seen = form.getByRole("group", { name: /^M002/ });
  await seen.getByRole("radio", { name: "发现", exact: true }).check();
  await seen.getByLabel("M002的事实").fill("见到十张空刷的凭证");
  await seen.getByLabel("M002的金额").fill("1200.5");
  await seen.getByLabel("M002的证据文件").setInputFiles(EVIDENCE);
  await expect(seen.getByText("SHA-256")).toBeVisible();
  await form.getByLabel("机构当场意见").fill("没有意见");
}

test("a form is taken along, filled in without the server, and comes back as record and findings", async ({
  page,
  context,
}) => {
  await signIn(page, "city-lead");
  const id = await onSite(page);
  await page.goto(`/matters/${id}`);
  await settled(page);
  await page.getByRole("combobox", { name: "检查领域" }).click();
  await page
    .locator(".ant-select-dropdown:visible .ant-select-item-option")
    .filter({ hasText: "各科室通用" })
    .click();
  await page.keyboard.press("Escape");
  const fetching = page.waitForEvent("download");
  await page.getByRole("link", { name: "下载离线检查表" }).click();
  const fetched = await fetching;
  expect(fetched.suggestedFilename()).toBe(`现场检查记录-${id}.html`);
  const place = join(tmpdir(), `mingcha-${randomUUID()}.html`);
  await fetched.saveAs(place);

  const form = await context.newPage();
  const calls: string[] = [];
  form.on("request", (request) => calls.push(request.url()));
  await form.goto(pathToFileURL(place).href);
  await form.getByRole("button", { name: "保存记录" }).click();
  await expect(form.getByRole("alert").getByText("没有填写地点")).toBeVisible();
  await fillIn(form);
  await accessible(form);
  await picture(form, "site-form-page");
  // What was typed is there again when the page is opened again.
  await form.reload();
  await expect(form.getByLabel("地点")).toHaveValue("住院收费处");
  const saving = form.waitForEvent("download");
  await form.getByRole("button", { name: "保存记录" }).click();
  const saved = readFileSync(await (await saving).path());
  expect(calls.filter((url) => !/^(file|blob):/.test(url))).toEqual([]);
  await form.close();

  const file = { name: "现场检查记录.json", mimeType: "application/json", buffer: saved };
  const chosen = page.getByLabel("选择检查表保存的文件");
  const take = page.getByRole("button", { name: "导入记录，登记检查发现 1 项" });
  await chosen.setInputFiles(file);
  await expect(page.getByRole("alert").filter({ hasText: "还没有收存" })).toBeVisible();
  await expect(take).toBeDisabled();
  await page.getByLabel("选择要收存的文件").setInputFiles(EVIDENCE);
  await expect(page.getByText("文件已收存并留痕")).toBeVisible();
  await chosen.setInputFiles(file);
  await expect(take).toBeEnabled();
  await accessible(page);
  await picture(page, "site-form-look");
  await take.click();
  await expect(page.getByText("已导入并留痕")).toBeVisible();
  await settled(page);
  await expect(page.getByText("见到十张空刷的凭证").first()).toBeVisible();
  await expect(page.getByRole("cell", { name: "导入离线检查表" })).toHaveCount(1);
  await accessible(page);
  await picture(page, "site-form-taken");

  await chosen.setInputFiles(file);
  await expect(page.getByRole("alert").filter({ hasText: "同一现场记录已经导入" })).toBeVisible();
  await expect(take).toBeDisabled();
});
