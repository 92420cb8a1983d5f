// Which list a matter is gone back to.

export function homeOf(machine: string): { path: string; title: string } {
  switch (machine) {
    case "clue":
      return { path: "/clues", title: "线索" };
    case "case":
      return { path: "/cases", title: "案件" };
    case "transfer":
      return { path: "/transfers", title: "案件移送" };
    case "complaint":
      return { path: "/field", title: "举报与检查" };
    case "inspection":
      return { path: "/field?tab=inspection", title: "举报与检查" };
    case "self_check":
      return { path: "/self-checks", title: "自查自纠" };
    case "referral":
    case "meeting":
    case "listed_supervision":
    case "report":
      return { path: `/joint?tab=${machine}`, title: "部门协同" };
    default:
      return { path: `/measures?tab=${machine}`, title: "协议与人员" };
  }
}
