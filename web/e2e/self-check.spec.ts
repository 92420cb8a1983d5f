// A self-check: a list goes to a hospital, which answers item by item, corrects and submits; the bureau reviews, money comes back.

import { accessible, expect, picture, settled, signIn, test } from "./desk";
import { act, answerYes, as, choose, entries, item, stands, write } from "./steps";

const ITEMS = ["重复收取手术费", "超标准收取床位费"];

test("a self-check is answered, corrected, reviewed, paid and closed", async ({ page }) => {
  test.setTimeout(900_000);
  await signIn(page, "city-lead");
  await page.goto("/self-checks");
  await page.getByRole("button", { name: "拟定问题清单", exact: true }).click();
  const form = page.getByRole("form", { name: "拟定问题清单" });
  await write(form, "标题", "普外科领域自查自纠");
  await choose(form, "定点医药机构", "示例县人民医院");
  await write(form, "领域", "普外科");
  await entries(form, "问题清单条目", ITEMS);
  await form.getByRole("button", { name: "拟定问题清单", exact: true }).click();
  await expect(page).toHaveURL(/\/matters\/[^/]+$/);
  const check = new URL(page.url()).pathname;
  await settled(page);
  await act(page, "下发");

  await as(page, "hospital-handler", check);
  await expect(page.getByText("本机构数据筛查结果")).toBeVisible();
  await settled(page);
  await accessible(page);
  for (const [place, text] of ITEMS.entries()) {
    await act(page, "逐项反馈", async (form) => {
      await choose(form, "问题条目", text);
      await answerYes(form, "发现问题", place === 0);
      if (place > 0) return;
      await item(form, "涉及明细条数").getByRole("spinbutton").fill("3");
      await write(form, "涉及金额（元）", "360.5");
      await write(form, "自查情况", "系统设置有误，重复计费三笔。");
    });
  }
  await act(page, "提交");
  await act(page, "登记整改", async (form) => {
    await choose(form, "问题条目", ITEMS[0] ?? "");
    await write(form, "整改情况", "已停用错误的收费组套，并培训收费人员。");
  });
  await accessible(page);
  await picture(page, "story-self-check-institution");

  await as(page, "city-lead", check);
  await act(page, "登记退回基金", async (form) => {
    await write(form, "退回金额（元）", "360.5");
    await write(form, "银行凭证号", "示-2026-000002");
  });
  await act(page, "复核", (form) => write(form, "理由", "核对明细，与自查一致"));
  await act(page, "办结");
  await stands(page, "已办结");
  await accessible(page);
  await picture(page, "story-self-check");
});
