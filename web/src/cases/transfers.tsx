// Transfers of suspected crimes: one's own to hand over, or for police and procuratorate those that were handed to them.

import { ListScreen } from "../parts/list-screen";

const KEYS = ["title", "state", "amount", "region", "organisation", "due", "begun", "changed"];

export function Transfers() {
  return (
    <ListScreen
      machine="transfer"
      title="案件移送"
      keys={KEYS}
      filters={["state", "region", "due", "mine", "ended"]}
      empty="案件中认定涉嫌犯罪并提出移送后，会显示在这里；公安、检察机关看到送达本单位和本辖区的移送。"
    />
  );
}
