// What the server knows of rules: their words, the knowledge that they go by, and what checking said of each version.

import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, type Schemas, told } from "../api/client";
import { useKeyed } from "../api/keyed";

/** All rules. */
export function useRules() {
  return useQuery({
    queryKey: ["rules"],
    queryFn: () => told(api.GET("/api/v1/rules")),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** One rule with all its words. */
export function useRule(name: string) {
  return useQuery({
    queryKey: ["rule", name],
    queryFn: () => told(api.GET("/api/v1/rule", { params: { query: { name } } })),
  });
}

/** What checking said, by rule and version. */
export function useFeedback() {
  return useQuery({ queryKey: ["feedback"], queryFn: () => told(api.GET("/api/v1/rules/feedback")) });
}

/** The knowledge tables. */
export function useKnowledgeTables() {
  return useQuery({ queryKey: ["knowledge"], queryFn: () => told(api.GET("/api/v1/knowledge")) });
}

/** A page of a knowledge table: rows by code or name, and by day. */
export function useKnowledge(id: string, { code, date, page }: { code: string; date: string; page: number }) {
  const query = { page, ...(code ? { code } : {}), ...(date ? { date } : {}) };
  return useQuery({
    queryKey: ["knowledge", id, query],
    queryFn: () => told(api.GET("/api/v1/knowledge/{id}", { params: { path: { id }, query } })),
    placeholderData: keepPreviousData,
  });
}

/** The fixtures of a rule, run anew each time they are asked for. */
export function useRunFixtures(name: string) {
  return useMutation({
    mutationFn: () => told(api.GET("/api/v1/rule/fixtures", { params: { query: { name } } })),
  });
}

/** Keeps other values of a rule's parameters. */
export function useSetParams() {
  const [queries, keyed] = [useQueryClient(), useKeyed()];
  return useMutation({
    mutationFn: (body: Schemas["SetParams"]) =>
      told(api.PUT("/api/v1/rule/params", { headers: { "Idempotency-Key": keyed(body) }, body })),
    onSuccess: (_, { rule }) =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ["rule", rule] }),
        queries.invalidateQueries({ queryKey: ["rules"] }),
      ]),
  });
}
