// The four kinds of money stay apart.

import { expect, test } from "vitest";
import { moneyOf } from "./money";

const proposal = {
  loss: 1000,
  defrauded: 0,
  refused_to_correct: false,
  serious: false,
  mitigated: false,
  returned: 1000,
  fined: 1500,
  damages: null,
  refused: 300,
  suspension: null,
};

test("a payment lowers what is owed of its own kind alone", () => {
  const rows = moneyOf({
    decision: { items: [{ measure: "M05", proposal }] },
    payments: [{ kind: "returned", account: "fund", amount: 400, voucher: "v" }],
  });
  expect(rows).toEqual([
    { kind: "returned", decided: 1000, paid: 400, owed: 600 },
    { kind: "fined", decided: 1500, paid: 0, owed: 1500 },
    { kind: "agreement_damages", decided: 0, paid: 0, owed: 0 },
    { kind: "refused", decided: 300, paid: 0, owed: 0 },
  ]);
});
