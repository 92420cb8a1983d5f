// A field for yuan, typed as people write them and kept as text until it is sent as whole fen.

import { Input } from "antd";
import { fenOf, shortYuan } from "../format/money";

interface Props {
  id?: string;
  value?: string;
  onChange?: (value: string) => void;
}

export function MoneyField({ id, value, onChange }: Props) {
  const fen = value ? fenOf(value) : undefined;
  return (
    <Input
      {...(id ? { id } : {})}
      value={value ?? ""}
      inputMode="decimal"
      maxLength={20}
      placeholder="0.00"
      suffix={<span className="hint">{fen !== undefined && fen >= 1_000_000 ? shortYuan(fen) : "元"}</span>}
      onChange={(event) => onChange?.(event.target.value)}
    />
  );
}
