// What evidence and enclosures point at: files and papers of the matter and of its case, findings of the clue that it comes from.

import { useQueries, useQuery } from "@tanstack/react-query";
import { Button, Card, Form, Input, Select } from "antd";
import { api, type Schemas, told } from "../api/client";
import type { Facts } from "../api/facts";
import { type Matter, useMatter } from "../api/matters";
import { masking } from "../matter/masked";
import { WORDS } from "../words/generated";

/** The matter that an act is done on, and what it grew out of. */
export interface Of {
  id: string;
  parent?: string | null;
}

const filesOf = (matter: string) => ({
  queryKey: ["files", matter],
  queryFn: () => told(api.GET("/api/v1/matters/{id}/files", { params: { path: { id: matter } } })),
});

const papersOf = (matter: string) => ({
  queryKey: ["papers", matter],
  queryFn: () => told(api.GET("/api/v1/matters/{id}/papers", { params: { path: { id: matter } } })),
});

interface Choice {
  value: string;
  label: string;
}

interface OneProps {
  id?: string;
  value?: string;
  onChange?: (value: string) => void;
  of: Of;
}

/** A name fills in the title that nobody has written yet. */
function useTitling(): (title: string | undefined) => void {
  const form = Form.useFormInstance();
  return (title) => {
    if (title && !form.getFieldValue("title")) form.setFieldValue("title", title);
  };
}

/** One of the files of the matter; its digests are those that the server counted. */
export function FileOfMatter({ of, onChange, ...field }: OneProps) {
  const files = useQuery(filesOf(of.id));
  const titled = useTitling();
  return (
    <Select
      {...field}
      loading={files.isPending}
      showSearch={{ optionFilterProp: "label" }}
      popupMatchSelectWidth={false}
      options={(files.data ?? []).map((file) => ({
        value: file.id,
        label: `${file.title}（SM3 ${file.sm3.slice(0, 16)}）`,
      }))}
      onChange={(chosen) => {
        onChange?.(chosen);
        titled(files.data?.find((file) => file.id === chosen)?.title);
      }}
      notFoundContent="本案还没有收存文件；先在“文件”中收存"
    />
  );
}

/** The findings of a clue, named as the server takes them: run and number from 1. */
export function findingChoices({ origin, masked }: Pick<Matter, "origin" | "masked">): Choice[] {
  const say = masking(masked);
  return (origin.findings ?? []).map(({ message }, at) => ({
    value: `${origin.run ?? ""}#${at + 1}`,
    label: `第${at + 1}项：${say(message)}`,
  }));
}

/** One of the findings of the clue that the case comes from. */
export function FindingOfClue({ of, ...field }: OneProps) {
  return of.parent ? (
    <FindingOf {...field} clue={of.parent} />
  ) : (
    <Select {...field} notFoundContent="本案不是从线索来的" />
  );
}

function FindingOf({ clue, onChange, ...field }: Omit<OneProps, "of"> & { clue: string }) {
  const found = useMatter(clue);
  const titled = useTitling();
  return (
    <Select
      {...field}
      loading={found.isPending}
      showSearch={{ optionFilterProp: "label" }}
      options={found.data ? findingChoices(found.data) : []}
      onChange={(chosen: string) => {
        onChange?.(chosen);
        const about = found.data?.origin.about?.title;
        titled(about && `${about}（第${chosen.split("#")[1]}项发现）`);
      }}
      notFoundContent="来源线索没有筛查发现"
    />
  );
}

/** Words of the five but the letter, which is written after the list and does not list itself. */
const ENCLOSURES = Object.entries(WORDS.Enclosure).filter(([word]) => word !== "letter");
const LETTER = "transfer-letter";

type Row = NonNullable<NonNullable<Facts["transfer"]>["enclosures"]>[number];

/** What the form begins with: what was listed before, else one row for each. */
export function enclosureRows(listed: Row[] = []): Partial<Row>[] {
  const before = listed.filter((row) => row.enclosure !== "letter" && row.form);
  return before.length > 0
    ? before
    : ENCLOSURES.map(([enclosure]) => ({ enclosure: enclosure as Row["enclosure"] }));
}

/** Issued papers of several matters to choose from, as the server names them. */
export function paperChoices(issued: Schemas["PaperView"][]): Choice[] {
  return issued
    .filter((one) => one.paper !== LETTER)
    .map((one) => ({
      value: `${one.matter}/${one.paper}/${one.version}`,
      label: `${one.title}${one.number ? ` ${one.number}` : ""}（第${one.version}版）`,
    }));
}

/** The enclosures of a transfer, each with what it points at. */
export function Enclosures({ name, of, listed }: { name: string; of: Of; listed?: Row[] | undefined }) {
  const from = of.parent ? [of.id, of.parent] : [of.id];
  const files = useQueries({ queries: from.map(filesOf) }).flatMap((one) => one.data ?? []);
  const papers = useQueries({ queries: from.map(papersOf) }).flatMap((one) => one.data?.issued ?? []);
  const choices = {
    paper: paperChoices(papers),
    file: files.map((one) => ({ value: one.id, label: one.title })),
  };
  return (
    <Form.List name={name} initialValue={enclosureRows(listed)}>
      {(rows, { add, remove }) => (
        <>
          {rows.map((row) => (
            <Enclosing
              key={row.key}
              list={name}
              row={row.name}
              choices={choices}
              onRemove={() => remove(row.name)}
            />
          ))}
          <Button onClick={() => add({ enclosure: "others" })}>增加一项</Button>
        </>
      )}
    </Form.List>
  );
}

interface RowProps {
  list: string;
  row: number;
  choices: Record<"paper" | "file", Choice[]>;
  onRemove: () => void;
}

const wanted = (message: string) => [{ required: true, message }];

function Enclosing({ list, row, choices, onRemove }: RowProps) {
  const form = Form.useFormInstance();
  const as = Form.useWatch([list, row, "form"], form) as keyof typeof WORDS.EnclosedAs | undefined;
  return (
    <Card size="small" className="row-card">
      <Form.Item name={[row, "enclosure"]} label="附件" rules={wanted("请选择是哪一项附件")}>
        <Select options={ENCLOSURES.map(([value, label]) => ({ value, label }))} />
      </Form.Item>
      <Form.Item name={[row, "form"]} label="形式" rules={wanted("请选择形式")}>
        <Select
          options={Object.entries(WORDS.EnclosedAs).map(([value, label]) => ({ value, label }))}
          // A paper is no file: what was chosen of the other kind is chosen anew.
          onChange={() => form.setFieldValue([list, row, "piece"], undefined)}
        />
      </Form.Item>
      {(as === "paper" || as === "file") && (
        <Form.Item name={[row, "piece"]} label={WORDS.EnclosedAs[as]} rules={wanted("请选择")}>
          <Select
            showSearch={{ optionFilterProp: "label" }}
            popupMatchSelectWidth={false}
            options={choices[as]}
            notFoundContent={as === "paper" ? "还没有出具文书" : "还没有收存文件"}
          />
        </Form.Item>
      )}
      {as === "original" && (
        <>
          <Form.Item name={[row, "title"]} label="原件名称" extra="不填的，按附件的名称列明">
            <Input maxLength={200} />
          </Form.Item>
          <Form.Item name={[row, "number"]} label="原件编号" rules={wanted("请填写原件的编号")}>
            <Input maxLength={200} />
          </Form.Item>
        </>
      )}
      {as && as !== "none" && (
        <Form.Item name={[row, "amount"]} label="数量" extra="不填的为1份">
          <Input maxLength={200} />
        </Form.Item>
      )}
      <Button size="small" onClick={onRemove}>
        删去此项
      </Button>
    </Card>
  );
}
