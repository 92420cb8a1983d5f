// The region's own shapes, shaded by how much lies in each; every shape opens to its records.

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { Link } from "react-router";
import { api, told } from "../api/client";
import { useNames } from "../api/matters";
import { DEMO, fitted, middle, type Shape, shapesOf } from "./shapes";

const WIDTH = 520;
const HEIGHT = 340;
/** From little to much; names and figures stand in each shape, so the shade only helps. */
const SHADES = ["#eaf2fa", "#d5e6f5", "#bcd7ee", "#9dc4e6", "#7db1dd"];

/** Which shade a value has, by equal steps up to the greatest. */
export function shade(value: number, greatest: number): string {
  if (value <= 0 || greatest <= 0) return "#f5f7fa";
  return SHADES[Math.min(SHADES.length - 1, Math.ceil((value / greatest) * SHADES.length) - 1)] ?? "#f5f7fa";
}

export interface Place {
  code: string;
  name: string;
  value: number;
  words: string;
}

interface Props {
  places: Place[];
  /** Where a shape leads; nowhere for those who only count. */
  to?: ((code: string) => string) | undefined;
}

/** Shapes that the site's server knows, else those of the demo where its regions are counted. */
function useShapes(codes: string[]): Shape[] {
  const { data } = useQuery({
    queryKey: ["shapes"],
    queryFn: () => told(api.GET("/api/v1/regions/shapes")),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return useMemo(() => {
    const own = shapesOf(data);
    if (own.length > 0) return own;
    return codes.some((code) => code.startsWith("9901")) ? DEMO : [];
  }, [data, codes]);
}

export function RegionMap({ places, to }: Props) {
  const codes = useMemo(() => places.map((place) => place.code), [places]);
  const shapes = useShapes(codes);
  const names = useNames();
  if (shapes.length === 0) return null;
  const place = (code: string) => places.find((one) => one.code === code);
  const greatest = Math.max(...shapes.map((shape) => place(shape.code)?.value ?? 0));
  const at = fitted(shapes, WIDTH - 8, HEIGHT - 8);
  const beside = places.filter((one) => !shapes.some((shape) => shape.code === one.code));
  return (
    <figure className="map">
      <svg viewBox={`-4 -4 ${WIDTH} ${HEIGHT}`}>
        <title>按地区的地图</title>
        {shapes.map((shape) => {
          const one = place(shape.code);
          const path = shape.rings
            .map(
              (ring) =>
                `M${ring
                  .map((point) =>
                    at(point)
                      .map((n) => n.toFixed(1))
                      .join(" "),
                  )
                  .join("L")}Z`,
            )
            .join("");
          const [x, y] = at(middle(shape.rings[0] ?? [[0, 0]]));
          const drawn = (
            <>
              <path d={path} fill={shade(one?.value ?? 0, greatest)} stroke="#0b2f52" strokeWidth="1.2" />
              <text x={x} y={y - 4} textAnchor="middle" fontSize="15" fontWeight="600">
                {one?.name ?? names.region(shape.code)}
              </text>
              <text x={x} y={y + 16} textAnchor="middle" fontSize="14">
                {one?.words ?? "—"}
              </text>
            </>
          );
          return to && one ? (
            <Link key={shape.code} to={to(shape.code)} aria-label={`${one.name} ${one.words}`}>
              {drawn}
            </Link>
          ) : (
            <g key={shape.code}>{drawn}</g>
          );
        })}
      </svg>
      {beside.length > 0 && (
        <figcaption className="hint">
          图外：{beside.map((one) => `${one.name} ${one.words}`).join("，")}
        </figcaption>
      )}
    </figure>
  );
}
