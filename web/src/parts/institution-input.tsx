// An institution by name or code: those of the register and those that take part, or any other code.

import { AutoComplete, type AutoCompleteProps } from "antd";
import { useState } from "react";
import { useOrganisations } from "../api/matters";
import { useInstitutionsLike } from "../api/names";

/** Institutions that fit a text, to choose from. */
export function useInstitutionOptions(text: string): { value: string; label: string }[] {
  const organisations = useOrganisations().data ?? [];
  const like = useInstitutionsLike(text);
  const found = new Map(like.map((one) => [one.code, one.name || one.code]));
  for (const { fixmedins_code: code, title } of organisations) {
    if (code && (title.includes(text.trim()) || code.startsWith(text.trim()))) found.set(code, title);
  }
  return [...found].map(([value, name]) => ({
    value,
    label: name === value ? value : `${name}（${value}）`,
  }));
}

export function InstitutionInput(field: Omit<AutoCompleteProps, "options" | "showSearch">) {
  const [text, setText] = useState("");
  return (
    <AutoComplete
      maxLength={200}
      placeholder="输入名称或者代码"
      allowClear
      {...field}
      showSearch={{ filterOption: false, onSearch: setText }}
      options={useInstitutionOptions(text)}
    />
  );
}
