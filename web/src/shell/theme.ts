// The look of the workbench: quiet colours with enough contrast, the system's own Chinese fonts.

import type { ThemeConfig } from "antd";

/** Colours that mean something; a word or sign always stands beside them. */
export const COLORS = {
  brand: "#0f4c81",
  late: "#b42318",
  near: "#92500a",
  fine: "#1a6b3c",
  quiet: "#5b6573",
  series: ["#0f4c81", "#d9822b", "#2a8f6d", "#8a4fbf", "#c0392b", "#5f7d95", "#b59410", "#3f88c5"],
} as const;

export const FONT =
  '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", system-ui, sans-serif';

export const THEME: ThemeConfig = {
  token: {
    colorPrimary: COLORS.brand,
    colorLink: COLORS.brand,
    colorInfo: COLORS.brand,
    colorInfoBg: "#e7f1fb",
    colorInfoBorder: "#a9cbee",
    // Made of so dark colours, the light ones would be grey.
    colorPrimaryBg: "#e7f1fb",
    colorPrimaryBgHover: "#d3e6f8",
    colorSuccessBg: "#e8f6ec",
    colorSuccessBorder: "#a9d8b8",
    colorErrorBg: "#fdecec",
    colorErrorBorder: "#f3b7b7",
    colorError: COLORS.late,
    colorSuccess: COLORS.fine,
    colorTextSecondary: "#4b5563",
    colorTextTertiary: "#5b6573",
    colorTextDescription: "#4b5563",
    colorTextPlaceholder: "#6b7280",
    borderRadius: 4,
    fontFamily: FONT,
    fontSize: 14,
    // What is shown waits for no animation: on a slow computer a question that was answered while it still opened lay on over the form.
    motion: false,
    wireframe: false,
  },
  components: {
    Layout: {
      headerBg: "#ffffff",
      headerHeight: 48,
      headerPadding: "0 16px",
      siderBg: "#0b2f52",
      bodyBg: "#f2f4f7",
    },
    Menu: { darkItemBg: "#0b2f52", darkItemSelectedBg: "#17609f", darkItemColor: "#dbe6f1", itemHeight: 36 },
    Table: { cellPaddingBlockSM: 6, headerBg: "#f5f7fa" },
    Card: { headerHeight: 44, bodyPadding: 16, paddingLG: 16 },
    Descriptions: { labelBg: "#f5f7fa", itemPaddingBottom: 8 },
  },
};
