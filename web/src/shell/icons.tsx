// Our own icons: strokes of one weight on a grid of 24.

const PATHS: Record<string, string> = {
  today: "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4M9 15l2 2 4-4",
  overview: "M4 20V10M10 20V4M16 20v-8M21 20H3",
  clue: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 21 21",
  case: "M4 8h16v11H4zM9 8V5h6v3M4 13h16",
  transfer: "M4 8h13M13 4l4 4-4 4M20 16H7M11 12l-4 4 4 4",
  field: "M12 21s7-6.2 7-11a7 7 0 1 0-14 0c0 4.8 7 11 7 11zM12 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  check: "M6 3h12v18H6zM9 9l1.5 1.5L13 8M9 15l1.5 1.5L13 14M15 9.5h1M15 15.5h1",
  people:
    "M9 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM2 21c0-4 3-6.5 7-6.5s7 2.5 7 6.500M17 4a4 4 0 0 1 0 7M18.5 14.700c2.3.8 3.5 3 3.5 6.3",
  joint: "M8 8a3 3 0 1 0 0-.1M16 8a3 3 0 1 0 0-.1M12 18a3 3 0 1 0 0-.1M8 8.500l3 7M16 8.500l-3 7M10 7h4",
  delivery: "M4 12v8h16v-8M12 3v12M8 11l4 4 4-4",
  gang: "M5 6a2 2 0 1 0 0-.1M19 6a2 2 0 1 0 0-.1M12 13a2.5 2.5 0 1 0 0-.1M5 20a2 2 0 1 0 0-.1M19 20a2 2 0 1 0 0-.1M6.5 7.500l4 4M17.5 7.500l-4 4M6.5 18.500l4-4M17.5 18.500l-4-4",
  portrait: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4.5 3.5-7 8-7s8 2.5 8 7",
  ledger: "M5 3h14v18H5zM5 8h14M10 8v13M5 13h14M5 17h14",
  desk: "M3 10h18M5 10v10M19 10v10M8 10V6h8v4M9 15h6",
  data: "M4 6c0-1.700 3.600-3 8-3s8 1.300 8 3-3.600 3-8 3-8-1.300-8-3zM4 6v6c0 1.700 3.600 3 8 3s8-1.300 8-3V6M4 12v6c0 1.700 3.600 3 8 3s8-1.300 8-3v-6",
  rules: "M6 4h9l3 3v13H6zM9 10h6M9 14h6M9 18h4",
  admin:
    "M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM12 2v4M12 18v4M2 12h4M18 12h4M5 5l2.8 2.800M16.2 16.2 19 19M19 5l-2.8 2.800M7.8 16.2 5 19",
};

export function Icon({ name, size = 18, className }: { name: string; size?: number; className?: string }) {
  return (
    <svg
      className={className}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name] ?? ""} />
    </svg>
  );
}
