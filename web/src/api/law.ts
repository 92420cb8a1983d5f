// The law's procedure as the server holds it, a site's own words among them: measures, guides, limits, calendars, policies.

import { useQuery } from "@tanstack/react-query";
import { CLOSED_BY } from "../words/domain";
import { api, told } from "./client";

const KEPT = { staleTime: Number.POSITIVE_INFINITY };

/** What the law answers acts with. */
export function useMeasureViews() {
  return useQuery({ queryKey: ["measures"], queryFn: () => told(api.GET("/api/v1/measures")), ...KEPT });
}

/** Measures by id, with article and act. */
export function useMeasures(): [string, string][] {
  return (useMeasureViews().data ?? []).map((one) => [one.id, `${one.article} ${one.act}`]);
}

/** The guides of inspections by field, which findings name items of. */
export function useGuides(enabled = true) {
  return useQuery({
    queryKey: ["guides"],
    queryFn: () => told(api.GET("/api/v1/guides")),
    enabled,
    ...KEPT,
  });
}

/** Time limits with the extensions that may be granted, as they hold in a region or nationally. */
export function useLimits(region?: string, enabled = true) {
  const query = region ? { region } : {};
  return useQuery({
    queryKey: ["limits", region ?? ""],
    queryFn: () => told(api.GET("/api/v1/limits", { params: { query } })),
    enabled,
    ...KEPT,
  });
}

/** Events that bring points to practitioners, and what takes points back. */
export function usePoints(enabled = true) {
  return useQuery({
    queryKey: ["points"],
    queryFn: () => told(api.GET("/api/v1/schemes/points")),
    enabled,
    ...KEPT,
  });
}

/** Years with their days off and days made up. */
export function useCalendars() {
  return useQuery({ queryKey: ["calendars"], queryFn: () => told(api.GET("/api/v1/calendars")), ...KEPT });
}

/** Who may, and who may not. */
export function usePolicies() {
  return useQuery({ queryKey: ["policies"], queryFn: () => told(api.GET("/api/v1/policies")), ...KEPT });
}

/** Why an act is closed to the one who looks. */
export function useClosedBy(): (code: string | null | undefined) => string {
  const policies = usePolicies().data ?? [];
  return (code) => (code ? (CLOSED_BY[code] ?? policies.find((one) => one.id === code)?.title ?? code) : "");
}
