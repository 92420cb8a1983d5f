// The search above: matters by a part of their title or the beginning of their id.

import { AutoComplete, Input } from "antd";
import { useDeferredValue, useState } from "react";
import { useNavigate } from "react-router";
import { useMatters } from "../api/matters";
import { machineTitle, pathOf } from "../parts/paths";

export function Search() {
  const [text, setText] = useState("");
  const asked = useDeferredValue(text.trim());
  const navigate = useNavigate();
  const found = useMatters({ q: asked, size: 8 }, asked.length >= 2);
  const options =
    asked.length < 2
      ? []
      : (found.data?.items ?? []).map((one) => ({
          value: pathOf(one),
          label: `${machineTitle(one.machine)} · ${one.title}`,
        }));
  return (
    <AutoComplete
      value={text}
      options={options}
      onChange={(value: string) => setText(value.startsWith("/") ? "" : value)}
      onSelect={(path: string) => {
        setText("");
        navigate(path);
      }}
      notFoundContent={asked.length >= 2 && !found.isFetching ? "没有找到" : null}
    >
      <Input
        allowClear
        placeholder="查找线索、案件：标题中的字，或编号的开头"
        aria-label="查找"
        maxLength={60}
      />
    </AutoComplete>
  );
}
