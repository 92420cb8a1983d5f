// The forms of acts as the server holds them, a site's own words among them.

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, told } from "../api/client";
import { type Field, fieldsOf } from "./kinds";

/** The fields of an input; nothing while they are read. */
export function useFields(input: string | undefined): { fields: Field[] | undefined; error: unknown } {
  const { data, error } = useQuery({
    queryKey: ["forms"],
    queryFn: () => told(api.GET("/api/v1/forms")),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const fields = useMemo(
    () => (data && input !== undefined ? fieldsOf(data[input] ?? []) : undefined),
    [data, input],
  );
  return { fields, error };
}
