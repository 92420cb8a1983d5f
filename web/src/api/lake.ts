// The lake and the work on it: questions, and jobs that are followed until they end.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, newKey, type Schemas, told } from "./client";

export type Job = Schemas["JobView"];
export type JobKind = Schemas["JobKind"];
export type JobState = Schemas["JobState"];
export type ClaimsFile = Schemas["ClaimsFile"];
export type AskJob = Schemas["AskJob"];

/** How often a job that runs is looked after, in milliseconds. */
const LOOK = 1000;

/** Whether a job has come to its end. */
export function isOver(job: Job): boolean {
  return job.state !== "waiting" && job.state !== "running";
}

export function useLake() {
  return useQuery({ queryKey: ["lake"], queryFn: () => told(api.GET("/api/v1/lake")) });
}

export function useVersions() {
  return useQuery({ queryKey: ["lake", "versions"], queryFn: () => told(api.GET("/api/v1/lake/versions")) });
}

export function useBatches() {
  return useQuery({ queryKey: ["lake", "batches"], queryFn: () => told(api.GET("/api/v1/lake/batches")) });
}

export function useBatch(id: string | undefined) {
  return useQuery({
    queryKey: ["lake", "batches", id],
    queryFn: () => told(api.GET("/api/v1/lake/batches/{id}", { params: { path: { id: id ?? "" } } })),
    enabled: id !== undefined,
  });
}

export function useRuns() {
  return useQuery({ queryKey: ["lake", "runs"], queryFn: () => told(api.GET("/api/v1/runs")) });
}

export function useRun(id: string | undefined) {
  return useQuery({
    queryKey: ["lake", "runs", id],
    queryFn: () => told(api.GET("/api/v1/runs/{id}", { params: { path: { id: id ?? "" } } })),
    enabled: id !== undefined,
  });
}

export function useClaimsFiles() {
  return useQuery({ queryKey: ["lake", "files"], queryFn: () => told(api.GET("/api/v1/lake/files")) });
}

export function useJobs() {
  return useQuery({
    queryKey: ["jobs"],
    queryFn: () => told(api.GET("/api/v1/jobs")),
    refetchInterval: ({ state }) => (state.data?.every(isOver) ? false : LOOK),
  });
}

/** A job, looked after until it ends; what it changed is then read again. */
export function useJob(id: string | undefined) {
  const queries = useQueryClient();
  return useQuery({
    queryKey: ["jobs", id],
    queryFn: async () => {
      const job = await told(api.GET("/api/v1/jobs/{id}", { params: { path: { id: id ?? "" } } }));
      if (isOver(job)) {
        void queries.invalidateQueries({ queryKey: ["lake"] });
        void queries.invalidateQueries({ queryKey: ["jobs"], exact: true });
      }
      return job;
    },
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data && isOver(state.data) ? false : LOOK),
  });
}

export function useAskJob() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: AskJob) =>
      told(api.POST("/api/v1/jobs", { headers: { "Idempotency-Key": newKey() }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["jobs"] }),
  });
}

export function useCancelJob() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => told(api.POST("/api/v1/jobs/{id}/cancel", { params: { path: { id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["jobs"] }),
  });
}
