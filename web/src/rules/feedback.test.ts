// A rule's share is of what could be decided.

import { expect, test } from "vitest";
import { share, shareWords } from "./feedback";

test("what is unclear counts neither way, and nothing decided is no share", () => {
  expect(share({ confirmed: 2, refuted: 1 })).toBe(66);
  expect(share({ confirmed: 0, refuted: 3 })).toBe(0);
  expect(share({ confirmed: 0, refuted: 0 })).toBeUndefined();
});

test("in words it says of how many", () => {
  expect(shareWords({ confirmed: 2, refuted: 0 })).toBe("100%（2/2）");
  expect(shareWords({ confirmed: 0, refuted: 0 })).toBeUndefined();
});
