// Which tab the address asks for: the first where it asks for none or for one that is not there.

export function tabOf(tabs: { key: string }[], asked: URLSearchParams): string {
  const wanted = asked.get("tab");
  return (tabs.find((tab) => tab.key === wanted) ?? tabs[0])?.key ?? "";
}
