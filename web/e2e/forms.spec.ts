// Every form of the server can be drawn: no field without a Chinese name, none of a kind that the workbench does not know.

import { fieldsOf } from "../src/acts/kinds";
import { expect, signIn, test } from "./desk";

test("every field of every act has a name and a kind", async ({ page }) => {
  await signIn(page, "city-lead");
  const forms = (await (await page.request.get("/api/v1/forms")).json()) as Record<
    string,
    Parameters<typeof fieldsOf>[0]
  >;
  expect(Object.keys(forms).length).toBeGreaterThan(80);
  for (const [input, form] of Object.entries(forms)) {
    for (const field of fieldsOf(form)) {
      expect(field.label, `${input}.${field.name}`).toMatch(/[\u4e00-\u9fff]/);
      if ("words" in field.kind)
        expect(Object.keys(field.kind.words).length, `${input}.${field.name}`).toBeGreaterThan(1);
      if (field.kind.kind === "person") expect(Object.keys(field.kind.parts)).toContain("name");
    }
  }
});
