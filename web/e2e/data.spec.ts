// Claims into the lake from the workbench: sent, tried, imported, screened; what was refused; a clue drawn and proved; who may not.

import { accessible, expect, picture, settled, signIn, test } from "./desk";

const HEADER = "mdtrt_id,psn_no,insutype,insu_admdvs,fixmedins_code,med_type,begntime,endtime";

/** Visits of one person; the last one's time cannot be read. */
const VISITS = [
  HEADER,
  "M1,P1,310,990101,H99010100001,11,2025-03-01 08:00:00,2025-03-01 09:00:00",
  "M2,P1,310,990101,H99010100001,11,2025-03-02 08:00:00,2025-03-02 09:00:00",
  ...Array.from({ length: 400 }, (_, at) => {
    const day = String((at % 28) + 1).padStart(2, "0");
    return `V${at},P2,310,990101,H99010100001,11,2025-04-${day} 08:00:00,2025-04-${day} 08:30:00`;
  }),
  "M9,P1,310,990101,H99010100001,11,someday,2025-03-02 09:00:00",
].join("\n");

test("a file of claims is sent, tried, imported and screened, and a refused row is shown", async ({
  page,
}) => {
  await signIn(page, "province-stat");
  await page.goto("/data");
  await expect(page.getByRole("heading", { name: "数据" })).toBeVisible();
  await accessible(page);
  await picture(page, "data-empty");
  await page
    .getByLabel("选择要上传的数据文件")
    .setInputFiles({ name: "encounter.csv", mimeType: "text/csv", buffer: Buffer.from(VISITS) });
  await expect(page.getByText("完整")).toBeVisible();
  await page.getByRole("button", { name: "先试导入（不写入）" }).click();
  await expect(page.getByText("试导入完成", { exact: false })).toBeVisible();
  await expect(page.getByText("没有写入任何数据", { exact: false })).toBeVisible();
  await settled(page);
  await accessible(page);
  await picture(page, "data-tried");
  await page.getByText("someday").first().scrollIntoViewIfNeeded();
  await picture(page, "data-tried-rows");
  await page.getByRole("button", { name: /导入所选/ }).click();
  await expect(page.getByText("导入完成，", { exact: false }).first()).toBeVisible();
  await expect(page.getByText("还没有等待导入的文件")).toBeVisible();

  await page.getByRole("tab", { name: "质量报告" }).click();
  await expect(page.getByText("已入库").first()).toBeVisible();
  await accessible(page);
  await picture(page, "data-quality");
  await page.getByRole("tab", { name: "退回的行" }).click();
  const group = page.getByRole("row").filter({ hasText: "开始时间" }).filter({ hasText: "不是有效的日期" });
  await group.getByRole("button", { name: "看这些行" }).first().click();
  await expect(page.getByText("someday")).toBeVisible();
  await accessible(page);
  await picture(page, "data-refused");

  await page.getByRole("checkbox", { name: "选择 encounter.csv：第 404 行" }).check();
  await page.getByRole("button", { name: "更正所选 1 行" }).click();
  const mending = page.getByRole("dialog", { name: "更正退回的行：就诊" });
  const start = mending.getByRole("textbox", { name: "开始时间，encounter.csv：第 404 行" });
  await start.fill("one day");
  await mending.getByRole("button", { name: "先核对（不写入）" }).click();
  await expect(mending.getByText("核对后仍有问题", { exact: false })).toBeVisible();
  await accessible(page);
  await picture(page, "data-mending");
  await start.fill("2025-03-02 08:00:00");
  await mending.getByRole("button", { name: "导入更正的 1 行" }).click();
  await expect(mending.getByText("已作为单独一批导入")).toBeVisible();
  await mending.getByRole("button", { name: "回到退回的行" }).click();
  await expect(page.getByText("someday")).toHaveCount(0);
  await page.getByRole("tab", { name: "筛查运行" }).click();
  await page.getByRole("button", { name: "开始筛查" }).click();
  await expect(page.getByText("筛查完成", { exact: false })).toBeVisible();
  await settled(page);
  await accessible(page);
  await picture(page, "data-runs");
  await page.getByRole("tab", { name: "版本" }).click();
  await expect(page.getByText("就诊", { exact: false }).first()).toBeVisible();
  await picture(page, "data-versions");
});

test("a county's lead is told that the lake is not theirs", async ({ page }) => {
  await signIn(page, "county-lead");
  await page.goto("/data");
  await expect(page.getByText("示例省医保部门统一导入和筛查", { exact: false })).toBeVisible();
  await expect(page.getByText("请联系该部门的统计人员", { exact: false })).toBeVisible();
  await expect(page.getByText("筛查线索：按规则", { exact: false }).first()).toBeVisible();
  await expect(page.getByText("我发起的复核", { exact: true })).toBeVisible();
  await expect(page.getByRole("tab")).toHaveCount(0);
  await settled(page);
  await accessible(page);
  await picture(page, "data-elsewhere");
});

test("a city's statistician counts what screening brought, and opens no single clue", async ({ page }) => {
  await signIn(page, "city-stat");
  await page.goto("/data");
  await expect(page.getByText("筛查线索：按地区", { exact: false }).first()).toBeVisible();
  await expect(page.getByText("我发起的复核", { exact: true })).toHaveCount(0);
  await settled(page);
  await expect(page.locator("tbody a")).toHaveCount(0);
  await accessible(page);
  await picture(page, "data-elsewhere-statistics");
});

test("a system administrator reads what was imported and screened, and changes nothing", async ({ page }) => {
  await signIn(page, "system");
  await page.goto("/data");
  await expect(page.getByRole("tab", { name: "质量报告" })).toBeVisible();
  await expect(page.getByRole("tab", { name: "上传导入" })).toHaveCount(0);
  await page.getByRole("tab", { name: "筛查运行" }).click();
  await settled(page);
  await expect(page.getByRole("button", { name: /开始筛查|移交线索|复核/ })).toHaveCount(0);
  await accessible(page);
  await picture(page, "data-read-only");
});

test("a clue is drawn from the lake, compared with its peers and proves itself", async ({ page }) => {
  await signIn(page, "city-lead");
  await page.goto("/clues?sort=score&descending=true");
  const row = page.getByRole("grid", { name: "线索" }).locator('[data-row="0"]');
  await expect(row).toContainText(/\S{4}/);
  await row.click();
  await expect(page.getByText(/^(就诊全景|逐日情况)$/)).toBeVisible();
  await expect(page.getByText(/^与同(类机构|行)比较$/)).toBeVisible();
  await page.getByRole("button", { name: "重新算一遍" }).click();
  await expect(page.getByText("与当时写下的逐字节相同", { exact: false })).toBeVisible();
  await settled(page);
  await accessible(page);
  await picture(page, "clue-drawn");
});
