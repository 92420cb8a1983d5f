// Codes of people stand in sight by their two ends; those of places do not change.

import { expect, test } from "vitest";
import { inSight, ofPeople, shortOf, subjectOf } from "./subject";

const PERSON = "9901010000009132";

test("a long code is written by its two ends", () => {
  expect(shortOf(PERSON)).toBe("9901…9132");
  expect(shortOf("D990101")).toBe("D990101");
});

test("only what has the form of a person's code is shortened where the kind is not known", () => {
  expect(inSight(PERSON)).toBe("9901…9132");
  expect(inSight("H99010100001234")).toBe("H99010100001234");
});

test("lists show a person by the ends, a group by its number, a place by its name", () => {
  const name = (code: string) => `名称${code}`;
  expect(subjectOf({ subject: PERSON, subject_kind: "person" }, name)).toBe("9901…9132");
  expect(subjectOf({ subject: `${PERSON}+${PERSON}`, subject_kind: "group" }, name)).toBe("2 人");
  expect(subjectOf({ subject: "H1", subject_kind: "institution" }, name)).toBe("名称H1");
  expect(subjectOf({ subject: "", subject_kind: "" }, name)).toBe("—");
});

test("a case that does not say the kind of whom it is about is told by the code", () => {
  expect(ofPeople({ subject: PERSON, subject_kind: "" })).toBe(true);
  expect(ofPeople({ subject: "D990101000123", subject_kind: "practitioner" })).toBe(false);
  expect(ofPeople({ subject: "A1", subject_kind: "person" })).toBe(true);
});
