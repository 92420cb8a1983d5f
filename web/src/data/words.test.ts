// What a job said in English is said in Chinese where it is known.

import { expect, test } from "vitest";
import { cameTo } from "./words";

test("nothing read names the header and no report; other words stay", () => {
  const nothing = {
    words: "error: no rows were found: see `mingcha profile new FILE`",
    next: "查看质量报告",
  };
  expect(cameTo(nothing).words).toContain("没有读到任何数据行");
  expect(cameTo(nothing).next).not.toContain("报告");
  const other = { words: "磁盘已满", next: "清理磁盘" };
  expect(cameTo(other)).toEqual(other);
});
