// A gang from its graph to the police: answered, filed, investigated, transferred with receipt and supplement, declined, reconsidered.

import { accessible, expect, picture, settled, signIn, test } from "./desk";
import { act, answerYes, as, choose, entries, issue, item, stands, write } from "./steps";

const CRIME = "《刑法》第266条（诈骗罪）";

test("a gang becomes a transfer with receipt, supplement and reconsideration", async ({ page }) => {
  test.setTimeout(900_000);
  await signIn(page, "city-lead");
  await page.goto("/gangs");
  await settled(page);
  await page.locator("tbody a").first().click();
  await expect(page.locator(".graph canvas").first()).toBeVisible();
  await page.getByRole("link", { name: /线索/ }).last().click();
  await expect(page).toHaveURL(/\/clues\/[^/]+$/);
  const clue = new URL(page.url()).pathname;

  await act(page, "登记");
  await page.getByRole("button", { name: "开始核查", exact: true }).click();
  await page.getByRole("form", { name: "开始核查" }).getByRole("button", { name: "开始核查" }).click();
  const beside = page.getByRole("form", { name: "反馈" });
  await choose(beside, "核查结论", "查实");
  await write(beside, "查实金额（元）", "12000");
  await beside.getByRole("textbox").first().fill("多人成组同进同出，由同一人持卡办理，机构人员参与。");
  await beside.getByLabel("移送公安机关").check();
  await beside.getByRole("button", { name: "反馈", exact: true }).click();
  await stands(page, "已反馈");

  await as(page, "city-head", clue);
  await act(page, "转立案", (form) => write(form, "说明", "查实，转立案"));

  await as(page, "city-lead", clue);
  await page.getByRole("button", { name: "据此提出立案" }).click();
  const filing = page.getByRole("form", { name: "提出立案" });
  await write(filing, "违法事实", "经核查，多人被组织虚假住院，基金已支付。");
  await item(filing, "违法行为终了日期").getByRole("textbox").fill("2025-01-02");
  await page.keyboard.press("Enter");
  await answerYes(filing, "涉及生命健康、金融安全且有危害后果", false);
  await answerYes(filing, "属于本部门管辖");
  await filing.getByRole("button", { name: "提出立案", exact: true }).click();
  await expect(page).toHaveURL(/\/cases\/[^/]+$/);
  const work = new URL(page.url()).pathname;
  await settled(page);
  // Nobody files it yet, and the page says what is missing.
  await expect(page.getByRole("button", { name: "立案", exact: true })).toHaveCount(0);
  await page.getByRole("button", { name: /^本环节、条件还不具备/ }).click();
  await expect(page.getByText("没有主要负责人的书面立案审批", { exact: false }).first()).toBeVisible();
  await accessible(page);
  await act(page, "指定办案人员", (form) => entries(form, "办案人员", ["city-handler", "city-handler2"]));

  await as(page, "city-head", work);
  await act(page, "批准立案", (form) => write(form, "文书编号", "示医保立审〔2026〕9号"));
  await as(page, "city-lead", work);
  await act(page, "立案");
  await act(page, "认定涉嫌犯罪", async (form) => {
    await item(form, "可能涉及的刑法条款").getByRole("combobox").fill(CRIME);
    await write(form, "理由", "伪造住院材料，数额达到追诉标准");
  });
  await picture(page, "story-gang-case");
  await page.getByRole("button", { name: "移送涉嫌犯罪案件" }).click();
  const handing = page.getByRole("form", { name: "认定涉嫌犯罪" });
  await handing.getByRole("button", { name: "认定涉嫌犯罪", exact: true }).click();
  await expect(page).toHaveURL(/\/matters\/[^/]+$/);
  const transfer = new URL(page.url()).pathname;
  await settled(page);
  await act(page, "组成专案组", (form) => entries(form, "专案组成员", ["city-handler", "city-handler2"]));
  await issue(page, "案件调查报告", {
    承办单位: "基金监管科",
    当事人名称: "示例县人民医院",
    当事人住所: "示例县示例路1号",
    证据说明: "住院病历与结算明细相互印证。",
    调查经过: "立案后调取病历和结算明细，询问有关人员。",
    当事人意见: "没有异议。",
    处理建议: "建议移送公安机关。",
    涉嫌罪名: "诈骗罪",
    证据: "住院病历，书证，示例县人民医院，2026-01-06，120",
  });
  await act(page, "提交移送报告", (form) => write(form, "文书编号", "示医保移报〔2026〕9号"));
  await as(page, "city-head", transfer);
  await act(page, "批准移送", (form) => write(form, "文书编号", "示医保移批〔2026〕9号"));
  await as(page, "city-lead", transfer);
  await act(page, "列明移送附件", async (form) => {
    const rows = form.locator(".row-card");
    for (const [at, words] of ["已出具的文书", "本案没有", "本案没有", "线下原件"].entries()) {
      await choose(rows.nth(at), "形式", words);
    }
    await choose(rows.first(), "已出具的文书", "案件调查报告");
    await write(rows.last(), "原件名称", "住院病历");
    await write(rows.last(), "原件编号", "证据卷第2册");
    await write(rows.last(), "数量", "3册");
  });
  const letter = await issue(page, "涉嫌犯罪案件移送书", {
    公安机关: "示例市公安局",
    移送依据: "《行政执法机关移送涉嫌犯罪案件的规定》",
    案卷册数: "3",
    案卷页数: "412",
    联系人: "承办人员",
    联系电话: "0000-0000000",
  });
  expect(letter).toContain("医保案移字");
  await act(page, "移送", async (form) => {
    await choose(form, "受移送单位", "示例市公安局");
    await answerYes(form, "移送同级公安机关");
    await write(form, "移送书文号", letter);
  });
  await stands(page, "已移送");

  await as(page, "police-handler", "/transfers");
  await page.getByRole("grid", { name: "案件移送" }).locator('[data-row="0"]').click();
  await page.goto(transfer);
  await settled(page);
  await act(page, "签收回执");
  await act(page, "通知补正", (form) => entries(form, "须补充的材料", ["收费系统操作日志"]));
  await accessible(page);
  await picture(page, "story-transfer-police");
  await as(page, "city-lead", transfer);
  await act(page, "补正", (form) => entries(form, "已补充的材料", ["收费系统操作日志"]));
  await as(page, "police-handler", transfer);
  await act(page, "不立案", (form) => write(form, "理由", "现有证据不足以证明犯罪事实"));
  await act(page, "书面告知不立案并退回案卷", async (form) => {
    await write(form, "文书编号", "示公不立〔2026〕9号");
    await answerYes(form, "案卷一并退回");
    await write(form, "理由", "现有证据不足以证明犯罪事实");
  });
  await as(page, "city-lead", transfer);
  await act(page, "提请复议", (form) => write(form, "理由", "证据足以证明组织虚假住院"));
  await stands(page, "复议中");
  await as(page, "police-handler", transfer);
  await act(page, "复议后立案", (form) => write(form, "理由", "经复议，应予立案"));
  await stands(page, "已立案");

  await as(page, "city-lead", transfer);
  const record = page.getByRole("region", { name: "操作记录" });
  for (const title of ["签收回执", "通知补正", "补正", "不立案", "提请复议", "复议后立案"])
    await expect(record.getByRole("cell", { name: title, exact: true })).toBeVisible();
  await accessible(page);
  await picture(page, "story-transfer");
});
