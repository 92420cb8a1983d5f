// What the lines of a clue are called, as the data of its run has them: their keys are numbers that nobody reads.

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, type Schemas, told } from "../api/client";
import type { Evidence } from "../api/findings";

type Items = Pick<Schemas["Item"], "key" | "label">[];

/** The name of a line, where it is known. */
export type NameOf = (line: Pick<Evidence, "table" | "key">) => string | undefined;

const keyOf = (key: string[]) => key.join("\u0000");

/** Names of fee lines by what is drawn of them; what else is drawn has a place and a time, and no item. */
export function namesOf(items: Items): NameOf {
  const names = new Map(
    items.filter((item) => item.key[0] === "fee" && item.label).map((item) => [keyOf(item.key), item.label]),
  );
  return ({ table, key }) => names.get(keyOf([table, ...key]));
}

/** Names of the lines of a clue; none while they are read, and where the data of the run is not kept any more. */
export function useLineNames(matter: string, run: string | undefined): NameOf {
  const found = useQuery({
    queryKey: ["timeline", matter],
    queryFn: () => told(api.GET("/api/v1/matters/{id}/timeline", { params: { path: { id: matter } } })),
    retry: false,
    enabled: Boolean(run),
  });
  const items = found.data?.items;
  return useMemo(() => namesOf(items ?? []), [items]);
}
