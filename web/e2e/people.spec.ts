// Every role signs in, finds its work, and no screen of it has a serious fault of accessibility.

import { accessible, expect, picture, settled, signIn, test } from "./desk";

const PEOPLE: [string, string[]][] = [
  ["province-head", ["今日", "总览", "线索", "案件"]],
  ["province-lead", ["今日", "总览", "线索"]],
  ["province-stat", ["总览", "台账与统计"]],
  ["city-head", ["今日", "总览", "线索", "案件", "案件移送", "部门数据"]],
  ["city-lead", ["今日", "线索", "团伙", "画像"]],
  ["city-handler", ["今日", "线索", "案件", "举报与检查"]],
  ["city-legal", ["今日", "案件", "案件移送"]],
  ["city-stat", ["总览", "台账与统计"]],
  ["county-head", ["今日", "线索"]],
  ["county-lead", ["今日", "线索"]],
  ["county-handler", ["今日", "线索"]],
  ["agency-lead", ["今日", "线索", "协议与人员"]],
  ["agency-handler", ["今日", "线索"]],
  ["police-handler", ["今日", "案件移送", "部门协同", "部门数据"]],
  ["procuratorate-handler", ["今日", "案件移送"]],
  ["court-handler", ["今日", "案件"]],
  ["health-handler", ["今日", "部门协同", "部门数据"]],
  ["finance-handler", ["今日", "部门协同"]],
  ["market-handler", ["今日", "部门协同"]],
  ["discipline-handler", ["今日", "部门协同"]],
  ["network-handler", ["今日", "部门协同"]],
  ["data-handler", ["今日", "举报与检查"]],
  ["hospital-handler", ["今日", "自查自纠"]],
  ["audit-firm", ["今日", "线索"]],
  ["security", ["管理"]],
  ["auditor", ["管理"]],
  ["system", ["管理"]],
];

for (const [account, places] of PEOPLE) {
  test(`${account} signs in and finds the work of the role`, async ({ page }) => {
    await signIn(page, account);
    const navigation = page.getByRole("navigation", { name: "功能" });
    for (const place of places)
      await expect(navigation.getByRole("link", { name: place, exact: true })).toBeVisible();
    await settled(page);
    // A figure that could not be had is a dash.
    await expect(page.locator(".tile .figure").filter({ hasNotText: /\d/ })).toHaveCount(0);
    await accessible(page);
    await picture(page, `home-${account}`);
  });
}

test("a wrong password is refused without saying which accounts there are", async ({ page }) => {
  await page.goto("/");
  await accessible(page);
  await picture(page, "sign-in");
  await page.getByLabel("账号").fill("nobody-here");
  await page.getByLabel("口令").fill("a password of nobody");
  await page.getByRole("button", { name: "登录" }).click();
  await expect(page.getByRole("alert")).toContainText("账号或者口令不正确");
});
