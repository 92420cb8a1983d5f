// Words of the lake: who works on it, jobs, their states, what made a version, in Chinese.

import type { JobKind, JobState } from "../api/lake";
import type { Tone } from "../parts/sign";

/** Roles that import and screen; the server has the last word. */
export const MANAGE = ["statistics", "team_lead", "head"];

export const KINDS: Record<JobKind, string> = {
  import: "导入",
  trial: "试导入",
  screen: "筛查",
  effect: "试算参数",
  prove: "复核运行",
  verify: "复核线索",
  hand_over: "移交线索",
};

export const STATES: Record<JobState, string> = {
  waiting: "排队",
  running: "进行中",
  done: "完成",
  faulty: "发现问题",
  failed: "失败",
  cancelled: "已取消",
  broken_off: "中断",
};

export const TONES: Partial<Record<JobState, Tone>> = {
  running: "blue",
  done: "green",
  faulty: "orange",
  failed: "red",
  broken_off: "orange",
};

export const MADE: Record<string, string> = { create: "建立", import: "导入", compact: "合并整理" };

export const REFUSED: Record<string, string> = {
  open: "待更正",
  mended: "已更正",
  refused_batch: "整批退回",
};

/** The last words of a job in Chinese where they are known, and what to do next. */
export function cameTo({ words, next }: { words: string; next: string }): { words: string; next: string } {
  // Nothing was read, so there is no report to look at.
  if (/no rows were found/.test(words))
    return {
      words: "没有读到任何数据行：文件的名称和表头都对不上已知的数据表。",
      next: "在“字段对应”中选择与这些文件相符的一种，或者把文件按数据表命名，再试导入",
    };
  return { words, next };
}

/** Bytes as people read them. */
export function size(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.ceil(bytes / 1024)} KiB`;
  if (bytes < 1024 ** 3) return `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
  return `${(bytes / 1024 ** 3).toFixed(2)} GiB`;
}
