// Everybody finds work, and nobody is led to screens that are not theirs.

import { expect, test } from "vitest";
import type { Me } from "../api/client";
import { DEPARTMENTS, ROLES } from "../words/domain";
import { home, PLACES } from "./nav";

const me = (department: string, role: string): Me => ({
  account: "a",
  organisation: "o",
  region: "990000",
  csrf_token: "",
  second_factor: true,
  must_change_password: false,
  must_set_second_factor: false,
  department,
  role,
});
const paths = (who: Me) => PLACES.filter((place) => place.serves(who)).map((place) => place.path);

test("every department and role has a place to begin", () => {
  for (const [department] of DEPARTMENTS) {
    for (const [role] of ROLES) {
      const who = me(department, role);
      if (role === "statistics" && !["insurance", "agency"].includes(department)) continue;
      expect(paths(who), `${department} ${role}`).toContain(home(who));
    }
  }
});

test("the three administrators do no casework, and an institution sees its self-check", () => {
  expect(paths(me("insurance", "system_administrator"))).toEqual(["/admin", "/data"]);
  for (const role of ["auditor", "security_administrator"]) {
    expect(paths(me("insurance", role))).toEqual(["/admin"]);
  }
  expect(paths(me("institution", "handler"))).toContain("/self-checks");
  expect(paths(me("institution", "handler"))).not.toContain("/clues");
  expect(paths(me("police", "handler"))).toContain("/deliveries");
  expect(paths(me("insurance", "head"))).toContain("/deliveries");
  expect(paths(me("insurance", "handler"))).not.toContain("/deliveries");
  expect(paths(me("insurance", "statistics"))).toEqual(["/overview", "/ledgers", "/data"]);
});
