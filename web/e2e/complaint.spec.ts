// A named complaint: the informant sealed at the desk, opened by who took it in alone, the complaint proved, the reward paid.

import { sm3 } from "../src/acts/sm3";
import { accessible, expect, picture, settled, signIn, test } from "./desk";
import { act, answerYes, as, choose, stands, write } from "./steps";

const NAME = "某举报";
const CODE = "2026领奖密码";

test("a named complaint is sealed, proved and rewarded", async ({ page }) => {
  test.setTimeout(900_000);
  await signIn(page, "city-lead");
  await page.goto("/field");
  await page.getByRole("button", { name: "接收举报", exact: true }).click();
  const form = page.getByRole("form", { name: "接收举报" });
  await write(form, "标题", "实名反映某医院串换项目收费");
  await choose(form, "举报渠道", "来访");
  await answerYes(form, "实名举报");
  await write(form, "姓名", NAME);
  await write(form, "联系电话", "13900000000");
  await write(form, "被举报对象（代码）", "H99010100001");
  await write(form, "举报内容", `${NAME}反映该院将自费项目串换为医保项目。`);
  await answerYes(form, "提供具体线索或证据");
  await answerYes(form, "被举报对象为自然人", false);
  await accessible(page);
  await picture(page, "complaint-desk");
  await form.getByRole("button", { name: "接收举报", exact: true }).click();
  await expect(page).toHaveURL(/\/matters\/[^/]+$/);
  const complaint = new URL(page.url()).pathname;
  await settled(page);
  // Neither the name nor the telephone stands anywhere on the screen.
  await expect(page.getByText("〔举报人〕").first()).toBeVisible();
  await expect(page.locator("main")).not.toContainText(NAME);
  await expect(page.locator("main")).not.toContainText("13900000000");

  await page.getByRole("button", { name: "打开举报人身份" }).click();
  const opening = page.getByRole("dialog", { name: "打开举报人身份" });
  await choose(opening, "目的", "答复举报人");
  await write(opening, "事由", "告知受理情况");
  await opening.getByRole("button", { name: "打开", exact: true }).click();
  await expect(opening.getByText(NAME)).toBeVisible();
  await picture(page, "informant-opened");
  await opening.getByRole("button", { name: "看完，关闭" }).click();
  await expect(page.getByText(NAME)).toHaveCount(0);

  await act(page, "登记");
  await act(page, "受理");
  const clues = await page.request.get("/api/v1/matters?machine=clue&state=received&size=1");
  const [clue] = ((await clues.json()) as { items: { id: string }[] }).items;
  await act(page, "转为线索", (form) => write(form, "线索编号", clue?.id ?? ""));
  await act(page, "登记处理结果（实名）", async (form) => {
    await answerYes(form, "查证属实");
    await write(form, "案值（元）", "50000");
    await write(form, "理由", "经核查属实");
  });
  await act(page, "查证属实结案", (form) => write(form, "理由", "查证属实"));
  await act(page, "提出奖励", async (form) => {
    await write(form, "奖励金额（元）", "1000");
    await answerYes(form, "主要事实此前已掌握", false);
    await answerYes(form, "首位举报人");
    await answerYes(form, "举报人为经办机构或受托机构人员", false);
  });
  // Others neither see the informant nor may open it.
  await as(page, "city-head", complaint);
  await expect(page.locator("main")).not.toContainText(NAME);
  await page.getByRole("button", { name: "打开举报人身份" }).click();
  await choose(page.getByRole("dialog", { name: "打开举报人身份" }), "目的", "核对身份");
  await write(page.getByRole("dialog", { name: "打开举报人身份" }), "事由", "想看看");
  await page
    .getByRole("dialog", { name: "打开举报人身份" })
    .getByRole("button", { name: "打开", exact: true })
    .click();
  await expect(page.getByRole("dialog", { name: "打开举报人身份" }).getByRole("alert")).toBeVisible();
  await page.locator(".ant-modal-close").click();
  await act(page, "批准奖励", (form) => write(form, "文书编号", "示医保奖〔2026〕1号"));
  await as(page, "city-lead", complaint);
  await act(page, "告知领取奖励", async (form) => {
    await write(form, "领奖密码的SM3摘要", sm3(new TextEncoder().encode(CODE)));
  });
  await act(page, "申领奖励", (form) => write(form, "领取码", CODE));
  await as(page, "city-head", complaint);
  await act(page, "发放奖励", (form) => write(form, "转账凭证号", "示-2026-000001"));
  await stands(page, "已发放");
  await accessible(page);
  await picture(page, "story-complaint");
});
