// Codes of people: by their two ends, and whole where somebody asks for it, one place at a time.

import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { shortOf } from "../words/subject";

/** How codes of people are written in one place, and the button there that shows them whole. */
export function useCodes(): [written: (code: string) => string, button: ReactNode] {
  const [whole, setWhole] = useState(false);
  const button = (
    <Button type="link" size="small" aria-expanded={whole} onClick={() => setWhole(!whole)}>
      {whole ? "收起" : "显示"}
    </Button>
  );
  return [whole ? (code) => code : shortOf, button];
}

/** Codes of people beside each other, with the button that shows them whole. */
export function Codes({ codes }: { codes: string[] }) {
  const [written, button] = useCodes();
  return (
    <>
      {codes.map((code) => (
        <span key={code} className="code">
          {written(code)}
        </span>
      ))}
      {codes.some((code) => shortOf(code) !== code) && button}
    </>
  );
}
