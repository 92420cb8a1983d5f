// What the server knows of rules: their words, and what checking said of each version.

import { useQuery } from "@tanstack/react-query";
import { api, told } from "../api/client";

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
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What checking said, by rule and version. */
export function useFeedback() {
  return useQuery({ queryKey: ["feedback"], queryFn: () => told(api.GET("/api/v1/rules/feedback")) });
}
