// Names for codes: institutions by the register, officers as their offices publish them.

import { useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { api, type Schemas, told } from "./client";
import { Lookup } from "./lookup";

export type Institution = Schemas["Institution"];

const byCode = (institutions: Institution[]) => institutions.map((one) => [one.code, one] as const);

/** Designated institutions of the register. */
export const institutions = new Lookup<Institution>(async (codes) =>
  byCode(await told(api.GET("/api/v1/institutions", { params: { query: { codes: codes.join(",") } } }))),
);

/** Officers' names by account. */
export const officers = new Lookup<string>(async (accounts) =>
  Object.entries(
    await told(api.GET("/api/v1/officers/names", { params: { query: { accounts: accounts.join(",") } } })),
  ),
);

/** Institutions whose name holds a text, or whose code begins with it. */
export function useInstitutionsLike(text: string): Institution[] {
  const settled = useDeferredValue(text.trim());
  const found = useQuery({
    queryKey: ["institutions", settled],
    queryFn: async () => {
      const like = await told(api.GET("/api/v1/institutions", { params: { query: { text: settled } } }));
      institutions.learn(byCode(like));
      return like;
    },
    staleTime: 300_000,
    placeholderData: (before) => before,
  });
  return found.data ?? [];
}
