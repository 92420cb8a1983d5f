// Saved views of a list: its filters under a name, kept in this browser for this account.

import { Button, Dropdown, Input, Modal } from "antd";
import { useState } from "react";
import { useMe } from "../api/session";

interface View {
  name: string;
  asked: string;
}

function read(key: string): View[] {
  try {
    const value: unknown = JSON.parse(window.localStorage.getItem(key) ?? "[]");
    return Array.isArray(value)
      ? value.filter((one) => typeof one?.name === "string" && typeof one?.asked === "string")
      : [];
  } catch {
    return [];
  }
}

interface Props {
  place: string;
  asked: URLSearchParams;
  onChoose: (asked: URLSearchParams) => void;
}

export function Views({ place, asked, onChoose }: Props) {
  const { account } = useMe();
  const key = `mingcha.views.${account}.${place}`;
  const [views, setViews] = useState(() => read(key));
  const [naming, setNaming] = useState<string>();
  const keep = (next: View[]) => {
    setViews(next);
    window.localStorage.setItem(key, JSON.stringify(next));
  };
  const items = [
    ...views.map((view) => ({ key: `go ${view.name}`, label: view.name })),
    ...(views.length ? [{ type: "divider" as const }] : []),
    { key: "save", label: "把现在的条件存为视图" },
    ...views.map((view) => ({ key: `drop ${view.name}`, label: `删除“${view.name}”`, danger: true })),
  ];
  return (
    <>
      <Dropdown
        trigger={["click"]}
        menu={{
          items,
          onClick: ({ key }) => {
            const name = key.replace(/^(go|drop) /, "");
            if (key === "save") setNaming("");
            else if (key.startsWith("go ")) {
              onChoose(new URLSearchParams(views.find((view) => view.name === name)?.asked ?? ""));
            } else keep(views.filter((view) => view.name !== name));
          },
        }}
      >
        <Button>视图 ▾</Button>
      </Dropdown>
      <Modal
        open={naming !== undefined}
        title="存为视图"
        okText="保存"
        okButtonProps={{ disabled: !naming?.trim() }}
        onCancel={() => setNaming(undefined)}
        onOk={() => {
          const name = naming?.trim() ?? "";
          keep([...views.filter((view) => view.name !== name), { name, asked: asked.toString() }]);
          setNaming(undefined);
        }}
      >
        <Input
          aria-label="视图名称"
          placeholder="视图名称，如：本月高风险"
          maxLength={20}
          value={naming ?? ""}
          onChange={(event) => setNaming(event.target.value)}
        />
      </Modal>
    </>
  );
}
