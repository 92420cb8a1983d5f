// Values of parameters are read as the server writes them, and only what was changed is tried.

import { expect, test } from "vitest";
import { changes, inForce, section, shown } from "./values";

const days = { name: "days", default: "15", site: "10" };
const skip = { name: "skip_diagnoses", default: '["Z51", "Z49"]' };

test("values are said as people read them", () => {
  expect(shown('["Z51", "Z49"]')).toBe("Z51、Z49");
  expect(shown("[]")).toBe("空");
  expect(shown("true")).toBe("是");
  expect(shown("0.50")).toBe("0.50");
  expect(shown('"住院"')).toBe("住院");
});

test("the site's own value is in force before the default", () => {
  expect(inForce(days)).toBe("10");
  expect(inForce(skip)).toBe("Z51、Z49");
});

test("only what differs from what is in force was changed", () => {
  expect(changes([days, skip], { days: "10", skip_diagnoses: "" })).toEqual({ skip_diagnoses: "" });
  expect(changes([days, skip], {})).toEqual({});
});

test("the lines to write name the rule and its values", () => {
  expect(section("institution/readmission", { set: "days = 10\n" })).toBe(
    '["institution/readmission"]\ndays = 10\n',
  );
});
