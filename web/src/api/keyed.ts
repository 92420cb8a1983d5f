// The key of a write: the same while the same is sent again, so that a lost answer makes no second act; another for another content.

import { useRef } from "react";
import { newKey } from "./client";

export function useKeyed(): (body: unknown) => string {
  const last = useRef({ text: "", key: "" });
  return (body) => {
    const text = JSON.stringify(body);
    if (text !== last.current.text || !last.current.key) last.current = { text, key: newKey() };
    return last.current.key;
  };
}
