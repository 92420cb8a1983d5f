// Shapes of regions as GeoJSON: those that the site's server names, else these of the invented city of the demo, which lies nowhere.

export type Ring = [number, number][];

export interface Shape {
  /** Code of the region. */
  code: string;
  rings: Ring[];
}

interface Feature {
  properties?: { code?: unknown } | null;
  geometry?: { type?: string; coordinates?: unknown } | null;
}

/** The shapes of a GeoJSON collection whose features carry the region's `code`. */
export function shapesOf(collection: unknown): Shape[] {
  const features = (collection as { features?: Feature[] } | null)?.features ?? [];
  return features.flatMap(({ properties, geometry }) => {
    const code = properties?.code;
    if ((typeof code !== "string" && typeof code !== "number") || !geometry) return [];
    const polygons =
      geometry.type === "Polygon"
        ? [geometry.coordinates as Ring[]]
        : geometry.type === "MultiPolygon"
          ? (geometry.coordinates as Ring[][])
          : [];
    const rings = polygons.flat();
    return rings.length ? [{ code: String(code), rings }] : [];
  });
}

/** Five counties around a lake, of a city that does not exist: as many as the demo's people live in. */
export const DEMO: Shape[] = [
  {
    code: "990101",
    rings: [
      [
        [0, 58],
        [8, 74],
        [22, 88],
        [38, 96],
        [50, 92],
        [54, 78],
        [48, 64],
        [50, 54],
        [38, 46],
        [24, 44],
        [10, 48],
        [0, 58],
      ],
    ],
  },
  {
    code: "990102",
    rings: [
      [
        [50, 92],
        [64, 98],
        [82, 94],
        [96, 80],
        [100, 62],
        [90, 52],
        [76, 48],
        [62, 52],
        [50, 54],
        [48, 64],
        [54, 78],
        [50, 92],
      ],
    ],
  },
  {
    code: "990103",
    rings: [
      [
        [0, 58],
        [10, 48],
        [24, 44],
        [38, 46],
        [50, 54],
        [54, 40],
        [48, 26],
        [52, 12],
        [40, 4],
        [24, 2],
        [10, 12],
        [2, 30],
        [0, 58],
      ],
    ],
  },
  {
    code: "990104",
    rings: [
      [
        [50, 54],
        [62, 52],
        [76, 48],
        [70, 30],
        [72, 8],
        [52, 12],
        [48, 26],
        [54, 40],
        [50, 54],
      ],
    ],
  },
  {
    code: "990105",
    rings: [
      [
        [76, 48],
        [90, 52],
        [100, 62],
        [98, 40],
        [88, 20],
        [72, 8],
        [70, 30],
        [76, 48],
      ],
    ],
  },
];

/** The middle of a ring, where its name is written. */
export function middle(ring: Ring): [number, number] {
  const xs = ring.map(([x]) => x);
  const ys = ring.map(([, y]) => y);
  return [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2];
}

/** How shapes fit into a picture: north is up. */
export function fitted(
  shapes: Shape[],
  width: number,
  height: number,
): (at: [number, number]) => [number, number] {
  const points = shapes.flatMap((shape) => shape.rings.flat());
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [low, high] = [Math.min(...ys), Math.max(...ys)];
  const scale = Math.min(width / (right - left || 1), height / (high - low || 1));
  const [x0, y0] = [(width - (right - left) * scale) / 2, (height - (high - low) * scale) / 2];
  return ([x, y]) => [x0 + (x - left) * scale, y0 + (high - y) * scale];
}
