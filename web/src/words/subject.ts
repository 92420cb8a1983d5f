// Whom a matter is about, where that is a group: its people's codes with `+` between them.

/** The people of a group. */
export const membersOf = (subject: string) => subject.split("+").filter(Boolean);

/** Whether that kind of subject is a place that has a name of its own. */
export const isPlace = (kind: string) => ["institution", "pharmacy"].includes(kind);

/** A subject as a list shows it; places by what `name` calls them. */
export function subjectOf(
  one: { subject: string; subject_kind: string },
  name: (code: string) => string,
): string {
  if (!one.subject) return "—";
  if (one.subject_kind === "group") return `${membersOf(one.subject).length} 人`;
  return isPlace(one.subject_kind) ? name(one.subject) : one.subject;
}
