// One's own region or one that lies in it.

import { Select } from "antd";
import { useNames, useOrganisations } from "../api/matters";
import { useMe } from "../api/session";

/** Whether a region is another or lies in it. */
export function liesIn(region: string, above: string): boolean {
  return region.startsWith(above.replace(/(00)+$/, ""));
}

export function RegionChoice({ value, onChange }: { value: string; onChange: (region: string) => void }) {
  const me = useMe();
  const names = useNames();
  const seats = (useOrganisations().data ?? []).filter((one) => one.department === "insurance");
  const regions = new Set([me.region, ...seats.map((one) => one.region)]);
  const options = [...regions].filter((code) => liesIn(code, me.region)).sort();
  return (
    <Select
      aria-label="地区"
      value={value}
      onChange={onChange}
      showSearch={{ optionFilterProp: "label" }}
      popupMatchSelectWidth={false}
      options={options.map((code) => ({ value: code, label: `${names.region(code)}（${code}）` }))}
    />
  );
}
