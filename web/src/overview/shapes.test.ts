// Shapes are read from what a site gives, and fit into the picture with north up.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { DEMO, fitted, shapesOf } from "./shapes";

test("polygons with a code are taken, all else is left", () => {
  const ring = [
    [1, 1],
    [2, 1],
    [2, 2],
    [1, 1],
  ];
  const collection = {
    features: [
      { properties: { code: 990101 }, geometry: { type: "Polygon", coordinates: [ring] } },
      { properties: { code: "990102" }, geometry: { type: "MultiPolygon", coordinates: [[ring], [ring]] } },
      { properties: { code: "990103" }, geometry: { type: "Point", coordinates: [1, 1] } },
      { properties: null, geometry: { type: "Polygon", coordinates: [ring] } },
    ],
  };
  expect(shapesOf(collection).map((shape) => [shape.code, shape.rings.length])).toEqual([
    ["990101", 1],
    ["990102", 2],
  ]);
  expect(shapesOf(null)).toEqual([]);
});

test("each county of the demo whose bureau takes part has a shape", () => {
  const people = readFileSync("../crates/testbed/src/demo/people.rs", "utf8");
  const counties = [...people.matchAll(/\("(9901\d\d)-yb", "/g)].map(([, code]) => code ?? "");
  expect(counties.length).toBeGreaterThan(4);
  expect(DEMO.map((shape) => shape.code)).toEqual(counties.filter((code) => code !== "990100"));
});

test("what lies north is drawn above, and all of it inside", () => {
  const to = fitted(DEMO, 400, 300);
  expect(to([0, 90])[1]).toBeLessThan(to([0, 10])[1]);
  for (const [x, y] of DEMO.flatMap((shape) => shape.rings.flat()).map(to)) {
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x).toBeLessThanOrEqual(400);
    expect(y).toBeGreaterThanOrEqual(0);
    expect(y).toBeLessThanOrEqual(300);
  }
});
