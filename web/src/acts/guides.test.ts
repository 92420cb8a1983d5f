// Items of guides to choose from.

import { expect, test } from "vitest";
import { guideOptions } from "./field";

test("an item of a guide is kept by its number and found by its words, field and kind", () => {
  const item = { id: "M011", number: 11, kind: "重复收费", words: "洗胃时另收插胃管费" };
  const guide = { id: "general", title: "各科室通用", basis: "清单", items: [item] };
  expect(guideOptions([guide])).toEqual([
    { value: "M011", label: "M011 洗胃时另收插胃管费（各科室通用，重复收费）" },
  ]);
});
