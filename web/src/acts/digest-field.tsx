// A field for digests: files are chosen, their digests are counted here, the files stay where they are.

import { Input, Tag } from "antd";
import { useState } from "react";
import { PickFiles } from "../parts/pick-files";
import { sha256, sm3 } from "./sm3";

/** A file with its digests. */
export interface Digested {
  name: string;
  sm3: string;
  sha256: string;
}

async function digested(file: File): Promise<Digested> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return { name: file.name, sm3: sm3(bytes), sha256: await sha256(bytes) };
}

export function Choose({ many, onDone }: { many: boolean; onDone: (files: Digested[]) => void }) {
  const [busy, setBusy] = useState(false);
  return (
    <PickFiles
      label="选择文件"
      size="small"
      multiple={many}
      loading={busy}
      onFiles={async (files) => {
        setBusy(true);
        try {
          onDone(await Promise.all(files.map(digested)));
        } finally {
          setBusy(false);
        }
      }}
    >
      选择文件，计算摘要
    </PickFiles>
  );
}

interface One {
  id?: string;
  value?: string;
  onChange?: (value: string) => void;
  onFile?: (file: Digested) => void;
}

/** One digest. */
export function DigestField({ id, value, onChange, onFile }: One) {
  return (
    <>
      <Input
        {...(id ? { id } : {})}
        className="code"
        maxLength={64}
        value={value ?? ""}
        placeholder="64 位十六进制"
        onChange={(event) => onChange?.(event.target.value.trim().toLowerCase())}
      />
      <Choose
        many={false}
        onDone={([file]) => {
          if (!file) return;
          onChange?.(file.sm3);
          onFile?.(file);
        }}
      />
    </>
  );
}

interface Many {
  value?: string[];
  onChange?: (value: string[]) => void;
}

/** A list of digests, shown by the names of their files. */
export function DigestsField({ value = [], onChange }: Many) {
  const [names, setNames] = useState<Record<string, string>>({});
  return (
    <>
      <Choose
        many
        onDone={(files) => {
          setNames((known) => ({
            ...known,
            ...Object.fromEntries(files.map((file) => [file.sm3, file.name])),
          }));
          onChange?.([...new Set([...value, ...files.map((file) => file.sm3)])]);
        }}
      />{" "}
      {value.map((digest) => (
        <Tag key={digest} closable onClose={() => onChange?.(value.filter((one) => one !== digest))}>
          {names[digest] ?? digest.slice(0, 12)}
        </Tag>
      ))}
    </>
  );
}
