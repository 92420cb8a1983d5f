// An id in words, which can be copied whole: forms and searches ask for it so.

import { Typography } from "antd";
import { idWords } from "./paths";

export function Id({ id }: { id: string }) {
  return (
    <Typography.Text
      className="code"
      title={id}
      copyable={{ text: id, tooltips: ["复制完整编号", "已复制"] }}
    >
      {idWords(id)}
    </Typography.Text>
  );
}
