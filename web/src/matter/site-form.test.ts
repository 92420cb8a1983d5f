// The offline form: what is said of it here, and what its own page does without network.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { faultLines, formHref, heardOnSite, sums } from "./site-form";

const PAGE = readFileSync(join(import.meta.dirname, "../../../crates/server/src/site_form.html"), "utf8");

const HEAD = {
  form: "mingcha-site-form-1",
  inspection: "inspection-0a",
  title: "专项检查",
  kind: "飞行检查",
  institution: "<img src=x onerror=alert(1)>某医院",
  code: "H99010100001",
  plan: "2026年度计划第3项",
  notice: "",
  entered: "2026-11-23 09:00:00",
  officers: [
    { account: "one", name: "甲示例" },
    { account: "two", name: "乙示例" },
  ],
  guides: [
    {
      title: "通用",
      basis: "清单",
      items: [
        { id: "M011", kind: "重复收费", words: "洗胃时另收插胃管费" },
        { id: "M012", kind: "重复收费", words: "另收费" },
        { id: "M013", kind: "重复收费", words: "再收费" },
      ],
    },
  ],
  most_bytes: 409_600,
  words: {
    at: "记录时间",
    place: "地点",
    present: "在场的机构人员",
    officers: "记录的执法人员",
    statement: "意见",
  },
  seen: [
    ["seen", "发现"],
    ["not_seen", "未发现"],
    ["not_applicable", "不适用"],
  ],
};

let saved: Blob[] = [];

/** Opens the page as a browser does. */
function opened(): void {
  const page = new DOMParser().parseFromString(PAGE, "text/html");
  document.body.innerHTML = '<main id="main"></main><script type="application/json" id="data"></script>';
  const data = document.getElementById("data");
  if (data) data.textContent = JSON.stringify(HEAD);
  const script = [...page.querySelectorAll("script")].find((one) => !one.id)?.textContent ?? "";
  new Function(script)();
}

function typed(label: string, text: string): void {
  const found = [...document.querySelectorAll("label")].find((one) => one.textContent?.startsWith(label));
  const control = found?.querySelector<HTMLInputElement | HTMLTextAreaElement>("input, textarea");
  if (!control) throw new Error(label);
  control.value = text;
  control.dispatchEvent(new Event("input"));
}

function checked(legend: string, label: string): void {
  const group = [...document.querySelectorAll("fieldset")].find((one) =>
    one.querySelector("legend")?.textContent?.startsWith(legend),
  );
  const found = [...(group?.querySelectorAll("label") ?? [])].find(
    (one) => one.textContent?.trim() === label,
  );
  const control = found?.querySelector("input");
  if (!control) throw new Error(`${legend} ${label}`);
  control.checked = true;
  control.dispatchEvent(new Event("change"));
}

function pressed(name: string): void {
  [...document.querySelectorAll("button")].find((one) => one.textContent === name)?.click();
}

beforeEach(() => {
  saved = [];
  window.localStorage.clear();
  vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => {
    saved.push(blob as Blob);
    return "blob:saved";
  });
});

afterEach(() => vi.restoreAllMocks());

test("the page shows what was typed as text, and says all that is missing before it saves", () => {
  opened();
  expect(document.querySelector("img")).toBeNull();
  expect(document.body.textContent).toContain("<img src=x onerror=alert(1)>某医院");
  checked("M011", "发现");
  typed("M011的金额", "12.345");
  pressed("保存记录");
  expect(saved).toEqual([]);
  const faults = [...document.querySelectorAll(".faults li")].map((one) => one.textContent);
  expect(faults).toEqual([
    "没有填写记录时间",
    "没有填写地点",
    "没有填写在场的机构人员",
    "记录的执法人员不足两人",
    "M011：发现问题的须写明事实",
    "M011：金额须为元，最多两位小数",
  ]);
});

test("the page keeps what is typed, and saves the file that the workbench reads", async () => {
  opened();
  typed("记录时间", "2026-11-23T14:05");
  typed("地点", "收费处");
  checked("记录的执法人员", "甲示例");
  checked("记录的执法人员", "乙示例");
  typed("在场人员1的姓名", "合成某");
  typed("在场人员1的职务", "院办主任");
  // A draft survives that the page is closed.
  opened();
  checked("M011", "发现");
  typed("M011的事实", "两次收费\t见账单\n第二行");
  typed("M011的金额", "1200.5");
  checked("M013", "未发现");
  typed("意见", "没有意见");
  pressed("保存记录");
  const text = await saved[0]?.text();
  expect(JSON.parse(text ?? "{}")).toEqual({
    form: "mingcha-site-form-1",
    inspection: "inspection-0a",
    at: "2026-11-23 14:05:00",
    place: "收费处",
    present: [{ name: "合成某", post: "院办主任" }],
    officers: ["one", "two"],
    statement: "没有意见",
    items: [
      { item: "M011", seen: "seen", facts: "两次收费 见账单\n第二行", amount: 120_050, files: [] },
      { item: "M013", seen: "not_seen", facts: "", amount: 0, files: [] },
    ],
  });
});

test("evidence is named by its SHA-256 alone and once", async () => {
  opened();
  checked("M011", "发现");
  const chosen = document.querySelector<HTMLInputElement>('input[aria-label="M011的证据文件"]');
  for (const name of ["凭证.txt", "再来一次.txt"]) {
    Object.defineProperty(chosen, "files", { value: [new File(["abc"], name)], configurable: true });
    chosen?.dispatchEvent(new Event("change"));
    await vi.waitFor(() => expect(document.body.textContent).not.toContain("正在计算摘要"));
  }
  const listed = [...document.querySelectorAll("li")].map((one) => one.textContent);
  expect(listed).toEqual([
    "凭证.txt SHA-256 ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad 移去",
  ]);
});

test("a form that came back is said in words", () => {
  const item = { item: "M011", seen: "seen", facts: "两次收费", amount: 120_050, files: [] };
  const form = {
    at: "2026-11-23 14:05:00",
    place: "收费处",
    present: [],
    officers: [],
    statement: "",
    items: [item, { ...item, item: "M013", seen: "not_seen", amount: 0 }],
    findings: 1,
  };
  expect(sums(form)).toBe("发现 1 项，未发现 1 项，不适用 0 项；涉及 1,200.50 元");
  const faults = [
    { item: "", message: "没有写明地点" },
    { item: "M011", message: "同一项记了两次" },
  ];
  expect(faultLines(faults)).toEqual(["没有写明地点", "M011：同一项记了两次"]);
  expect(formHref("inspection-0a", ["general", "surgery"])).toBe(
    "/api/v1/matters/inspection-0a/site-form?guides=general,surgery",
  );
});

test("hearing the institution begins with what it said on site", () => {
  expect(heardOnSite({ version: 1, inspection: { sheets: [{ statement: "没有意见" }] } })).toEqual({
    hear: { statement: "没有意见" },
  });
  expect(heardOnSite({ version: 1 })).toEqual({});
});
