// Questions about matters, kept and shared between screens.

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { api, type Heading, type Schemas, told } from "./client";
import type { Breach, ClockState } from "./clocks";
import type { Facts } from "./facts";
import type { Finding } from "./findings";
import { institutions, officers } from "./names";
import type { paths } from "./schema";

export type MatterQuery = NonNullable<paths["/api/v1/matters"]["get"]["parameters"]["query"]>;
export type CountQuery = paths["/api/v1/matters/counts"]["get"]["parameters"]["query"];
export type MayAct = Schemas["MayAct"];
export type Machine = Schemas["MachineView"];
export type Counted = Schemas["Counted"];

/** What the rule says of itself, as far as it was handed over with the clue. */
export interface RuleWords {
  title?: string;
  definition?: string;
  false_positives?: string[];
  investigate?: string[];
  covers?: string[];
}

/** What a clue of a screening run stands on. */
export interface Origin {
  run?: string;
  rule?: string;
  rule_id?: string;
  version?: number;
  begin?: string;
  end?: string;
  people?: number;
  account?: number;
  findings_in_all?: number;
  findings?: Finding[];
  about?: RuleWords;
}

/** A clock with its limit. */
export interface Clock {
  limit: string;
  title: string;
  basis: string;
  state: ClockState;
}

/** Which clock it is: a limit may run for each of several things, such as goods that were sealed one after the other. */
export const keyOf = ({ limit, item }: { limit: string; item?: number | null }) =>
  item ? `${limit}#${item}` : limit;

/** A matter as its reader sees it. */
export interface Matter {
  heading: Heading;
  state_title: string;
  team: string[];
  handed_to: string[];
  facts: Facts;
  origin: Origin;
  masked: Schemas["Masked"][];
  clocks: Clock[];
  breaches: Breach[];
  acts: MayAct[];
  transfer_hint?: Schemas["TransferHint"] | null;
  discretion?: Schemas["Discretion"] | null;
}

function listed(query: MatterQuery) {
  return told(api.GET("/api/v1/matters", { params: { query } }));
}

/** A page of matters. */
export function useMatters(query: MatterQuery, enabled = true) {
  return useQuery({
    queryKey: ["matters", query],
    queryFn: () => listed(query),
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** A page of matters without a hook, for windows of a long table. */
export const mattersPage = (query: MatterQuery) => ({
  queryKey: ["matters", query] as const,
  queryFn: () => listed(query),
  staleTime: 30_000,
});

/** Matters counted by their columns; `column` picks one where several are asked for at once, which costs one question. */
export function useCounts(query: CountQuery, enabled = true, column?: string) {
  const select = useCallback(
    (rows: Counted[]) => (column ? rows.filter((row) => row.by === column) : rows),
    [column],
  );
  return useQuery({
    select,
    queryKey: ["counts", query],
    queryFn: () => told(api.GET("/api/v1/matters/counts", { params: { query } })),
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** One matter. */
export function useMatter(id: string) {
  return useQuery({
    queryKey: ["matter", id],
    queryFn: async () =>
      (await told(api.GET("/api/v1/matters/{id}", { params: { path: { id } } }))) as unknown as Matter,
  });
}

/** The machines that matters go through: states, acts and what the law asks of each. */
export function useMachines() {
  return useQuery({
    queryKey: ["machines"],
    queryFn: () => told(api.GET("/api/v1/machines")),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** A machine by its id. */
export function useMachine(id: string): Machine | undefined {
  return useMachines().data?.find((machine) => machine.id === id);
}

/** All organisations; there are as many as take part, not as many as people. */
export function useOrganisations() {
  return useQuery({
    queryKey: ["organisations"],
    queryFn: async () => {
      const items: Schemas["OrganisationBody"][] = [];
      let after: string | null | undefined;
      do {
        const query = after ? { limit: 200, after } : { limit: 200 };
        const page = await told(api.GET("/api/v1/organisations", { params: { query } }));
        items.push(...page.items);
        after = page.next;
      } while (after && items.length < 10_000);
      return items;
    },
    staleTime: 300_000,
  });
}

/** Names of organisations by code, of regions by the bureau that sits there, of institutions by what they are called here or in the register, of
 *  accounts by the officer's published name. What has no name is called by its code. */
export function useNames() {
  const organisations = useOrganisations().data ?? [];
  const registered = institutions.useFound();
  const published = officers.useFound();
  return {
    organisation: (code: string) => organisations.find((one) => one.id === code)?.title ?? code,
    region: (code: string) => {
      const seat = organisations.find((one) => one.region === code && one.department === "insurance");
      const name = seat?.title.replace(/(市|区|县)?(医疗保障局|医保局)$/, "$1");
      return name && name !== seat?.title ? name : code;
    },
    institution: (code: string) =>
      organisations.find((one) => one.fixmedins_code === code)?.title ?? (registered(code)?.name || code),
    officer: (account: string) => published(account) ?? account,
  };
}
