// Who the lake is asked about, and how its numbers are put.

import { expect, test } from "vitest";
import { columnsOf, monthsOption, percent, pointsWords, portrayedAs, quantity } from "./numbers";

test("institutions and practitioners are asked about, insured people never", () => {
  expect(portrayedAs("institution", "H99010100001")).toBe("institution");
  expect(portrayedAs("subject", "P99010100001")).toBe("institution");
  expect(portrayedAs("subject", "D990101000001")).toBe("practitioner");
  expect(portrayedAs("subject", "P99010100000123")).toBe("practitioner");
  expect(portrayedAs("subject", "D990101000001", "practitioner")).toBe("practitioner");
  expect(portrayedAs("subject", "P99010100001", "pharmacy")).toBe("institution");
  expect(portrayedAs("subject", "99010100000000000001")).toBeUndefined();
  expect(portrayedAs("subject", "P99010100001", "person")).toBeUndefined();
  expect(portrayedAs("subject", "D990101000001+D990101000002", "group")).toBeUndefined();
});

test("columns come in their order, and only those that there is something of", () => {
  expect(columnsOf([{ by: "list_type" }, { by: "med_type" }, { by: "list_type" }])).toEqual([
    { value: "med_type", label: "医疗类别" },
    { value: "list_type", label: "目录类别" },
  ]);
});

test("months are drawn with the kinds of visits that there were", () => {
  const none = { visits: 0, stays: 0, purchases: 0, people: 1, fee: 200, fund: 100 };
  const option = monthsOption([
    { ...none, month: "2025-01", visits: 3 },
    { ...none, month: "2025-02", stays: 1 },
  ]);
  const series = option.series as { name: string; data: number[] }[];
  expect(series.map((one) => [one.name, one.data])).toEqual([
    ["门诊", [3, 0]],
    ["住院", [0, 1]],
    ["费用", [200, 200]],
    ["基金支付", [100, 100]],
  ]);
});

test("shares, quantities and points are put in words", () => {
  expect([percent(1, 3), percent(0, 5), percent(1, 0), percent(-1, 5)]).toEqual(["33.3%", "0.0%", "—", "—"]);
  expect([quantity(120_000), quantity(-25_000), quantity(12_345_678)]).toEqual(["12", "-2.5", "1,234.5678"]);
  const words = (points: number) => pointsWords({ points, suspend_from: 9, end_at: 12 });
  expect(words(3)).toBe("再记 6 分暂停，再记 9 分终止");
  expect(words(9)).toBe("已达 9 分，暂停支付资格；再记 3 分终止");
  expect(words(14)).toBe("已达 12 分，终止支付资格");
});
