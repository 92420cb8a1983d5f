// Officers and members of teams, chosen from one's own organisation; others can be typed.

import { useQuery } from "@tanstack/react-query";
import { AutoComplete, Select } from "antd";
import { api, told } from "../api/client";
import { useNames } from "../api/matters";

function useOfficers() {
  const names = useNames();
  const found = useQuery({
    queryKey: ["officers"],
    queryFn: () => told(api.GET("/api/v1/officers")),
    staleTime: 60_000,
    retry: false,
  });
  return (found.data ?? []).map((one) => ({
    value: one.account,
    name: names.officer(one.account),
    label: `${names.officer(one.account)}（${one.role_title}${one.certified ? `，执法证有效${one.certificate_until ? `至 ${one.certificate_until}` : ""}` : "，无有效执法证"}）`,
  }));
}

interface OneProps {
  id?: string;
  value?: string;
  onChange?: (value: string) => void;
}

/** One account. */
export function Officer(field: OneProps) {
  return (
    <AutoComplete
      {...field}
      options={useOfficers()}
      maxLength={200}
      placeholder="选择或者输入账号"
      allowClear
    />
  );
}

interface ManyProps {
  id?: string;
  value?: string[];
  onChange?: (value: string[]) => void;
  most: number;
}

/** Several accounts. */
export function Officers({ most, ...field }: ManyProps) {
  return (
    <Select
      {...field}
      mode="tags"
      options={useOfficers()}
      optionLabelProp="name"
      tokenSeparators={["\n", "，", ",", "；"]}
      maxCount={most}
      placeholder="选择或者输入账号"
    />
  );
}
