// A picture that is taken out says what it shows, from which run, when and by whom.

import { expect, test } from "vitest";
import { captions } from "./picture";

const about = {
  title: "多人同进同出",
  run: "r-1",
  rule: "多人反复先后结算",
  days: "2025-01-02 至 2025-03-04",
  account: "city-lead",
  officer: "张三",
  organisation: "示例市医疗保障局",
  at: "2026-11-23 14:30",
};

test("title, run, rule and days stand above, who took it out and when below", () => {
  expect(captions(about)).toEqual({
    above: ["多人同进同出", "筛查运行 r-1　规则 多人反复先后结算　明细日期 2025-01-02 至 2025-03-04"],
    below: "明察 导出人 张三 city-lead（示例市医疗保障局） 2026-11-23 14:30 仅限执法监督使用",
  });
});

test("what is not known is left out, and an officer without a published name is the account", () => {
  const bare = { ...about, run: undefined, rule: undefined, days: "—", officer: "city-lead" };
  expect(captions(bare).above).toEqual(["多人同进同出"]);
  expect(captions(bare).below).toContain("导出人 city-lead（");
});
