// Records of the trail are told in words; what somebody wrote stays.

import { expect, test } from "vitest";
import { recordOf, whyOf } from "./record";

const guards = new Map([["CW064", "请写明理由"]]);
const closedBy = (code: string) => (code === "state" ? "当前状态下不能办理" : code);

test("codes of refusals are words, reasons of people are theirs", () => {
  const why = (outcome: string, why: string) => whyOf({ outcome, why }, guards, closedBy);
  expect(why("refused", "CW064")).toBe("请写明理由");
  expect(why("refused", "denied:state")).toBe("当前状态下不能办理");
  expect(why("refused", "closed")).toBe("账号不存在、已停用或者暂时锁定");
  expect(why("refused", "denied:locked")).toBe("账号暂时锁定");
  expect(why("done", "closed")).toBe("closed");
});

test("an object is named by its kind once, and its whole id is kept", () => {
  const record = recordOf({ on: { kind: "case", id: "case-6d52ab0112345678" } });
  expect(record.object).toBe("案件 6d52ab01");
  expect(record.id).toBe("case-6d52ab0112345678");
  expect(recordOf({ on: { kind: "account", id: "city-lead" } }).object).toBe("账号 city-lead");
});

test("who acted is told with the organisation of that time", () => {
  const who = { account: "city-lead", role: "team_lead", organisation: "990100-yb" };
  expect(recordOf({ who })).toMatchObject(who);
});
