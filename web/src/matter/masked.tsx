// Sealed values of a matter: in texts their masked form stands where the token does.

import { createContext, useContext } from "react";
import type { Schemas } from "../api/client";

type Masked = Schemas["Masked"];

const Context = createContext<Masked[]>([]);

export const MaskedProvider = Context.Provider;

/** Tokens, long rows of digits, become what may be seen of them. */
export function masking(values: Masked[]): (text: string) => string {
  const shown = new Map(values.map((one) => [one.token, one.shown]));
  return (text) => text.replace(/\b[0-9a-f]{32}\b/g, (token) => shown.get(token) ?? "（已密封）");
}

/** What puts masked forms into texts of the matter that is shown. */
export function useMasking(): (text: string) => string {
  return masking(useContext(Context));
}
