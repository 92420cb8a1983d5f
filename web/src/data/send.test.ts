// A file that broke off goes on; another of the same name does not.

import { expect, test } from "vitest";
import { begunBefore } from "./send";

const half = { id: "a", account: "stat", title: "fee.csv", bytes: 100, received: 40 };

test("what broke off goes on where it was", () => {
  expect(begunBefore({ name: "fee.csv", size: 100 }, [half])).toBe(half);
  expect(begunBefore({ name: "fee.csv", size: 101 }, [half])).toBeUndefined();
  expect(begunBefore({ name: "fee.csv", size: 100 }, [{ ...half, received: 100 }])).toBeUndefined();
});
