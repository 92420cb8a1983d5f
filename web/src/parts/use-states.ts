// Names of all states of all machines, for lists.

import { useMemo } from "react";
import { useMachines } from "../api/matters";

export function useStates(): Map<string, string> {
  const machines = useMachines().data;
  return useMemo(
    () =>
      new Map(
        (machines ?? []).flatMap((machine) =>
          machine.states.map((state) => [`${machine.id}.${state.id}`, state.title] as const),
        ),
      ),
    [machines],
  );
}
