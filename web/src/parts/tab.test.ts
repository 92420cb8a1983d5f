// An address that asks for no tab, or for one that is not there, gets the first.

import { expect, test } from "vitest";
import { tabOf } from "./tab";

test("the tab of the address, else the first", () => {
  const tabs = [{ key: "draws" }, { key: "exports" }];
  expect(tabOf(tabs, new URLSearchParams("tab=exports"))).toBe("exports");
  expect(tabOf(tabs, new URLSearchParams("tab=nothing"))).toBe("draws");
  expect(tabOf(tabs, new URLSearchParams())).toBe("draws");
  expect(tabOf([], new URLSearchParams())).toBe("");
});
