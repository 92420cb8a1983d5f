// Saved views of a list: its filters under a name, kept by the server for this account.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Dropdown, Input, Modal } from "antd";
import { useState } from "react";
import { api, newKey, told } from "../api/client";
import { Failure } from "./failure";

interface View {
  name: string;
  asked: string;
}

/** The views of what the server kept; nothing of what is none. */
export function viewsOf(body: unknown): View[] {
  return Array.isArray(body)
    ? body.filter((one) => typeof one?.name === "string" && typeof one?.asked === "string")
    : [];
}

interface Props {
  place: string;
  asked: URLSearchParams;
  onChoose: (asked: URLSearchParams) => void;
}

export function Views({ place, asked, onChoose }: Props) {
  const queries = useQueryClient();
  const kept = useQuery({
    queryKey: ["views", place],
    queryFn: () =>
      told(api.GET("/api/v1/views/{id}", { params: { path: { id: place.replaceAll("_", "-") } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const views = viewsOf(kept.data?.body);
  const [naming, setNaming] = useState<string>();
  const keeping = useMutation({
    mutationFn: (next: View[]) =>
      told(
        api.PUT("/api/v1/views/{id}", {
          params: { path: { id: place.replaceAll("_", "-") } },
          headers: { "Idempotency-Key": newKey() },
          body: { body: next as never },
        }),
      ),
    onSuccess: (saved) => {
      queries.setQueryData(["views", place], saved);
      setNaming(undefined);
    },
  });
  const keep = (next: View[]) => keeping.mutate(next);
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
        okButtonProps={{ disabled: !naming?.trim(), loading: keeping.isPending }}
        onCancel={() => setNaming(undefined)}
        onOk={() => {
          const name = naming?.trim() ?? "";
          keep([...views.filter((view) => view.name !== name), { name, asked: asked.toString() }]);
        }}
      >
        <Input
          aria-label="视图名称"
          placeholder="视图名称，如：本月高风险"
          maxLength={20}
          value={naming ?? ""}
          onChange={(event) => setNaming(event.target.value)}
        />
        <Failure error={keeping.error} />
      </Modal>
    </>
  );
}
