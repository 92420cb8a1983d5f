// Whom a matter is about, where that is a group: its people's codes with `+` between them.

/** The people of a group. */
export const membersOf = (subject: string) => subject.split("+").filter(Boolean);

/** Whether that kind of subject is a place that has a name of its own. */
export const isPlace = (kind: string) => ["institution", "pharmacy"].includes(kind);

/** A long code by its two ends. */
export const shortOf = (code: string) => (code.length > 12 ? `${code.slice(0, 4)}…${code.slice(-4)}` : code);

/** A code whose kind is not known as it stands in sight: an insured person's, digits alone, by its two ends. */
export const inSight = (code: string) => (/^\d{13,}$/.test(code) ? shortOf(code) : code);

/** Whether a subject is insured people; where its kind is not said, its code tells. */
export const ofPeople = ({ subject, subject_kind }: { subject: string; subject_kind: string }) =>
  ["person", "group"].includes(subject_kind) || (!subject_kind && inSight(subject) !== subject);

/** A subject as a list shows it; places by what `name` calls them. */
export function subjectOf(
  one: { subject: string; subject_kind: string },
  name: (code: string) => string,
): string {
  if (!one.subject) return "—";
  if (one.subject_kind === "group") return `${membersOf(one.subject).length} 人`;
  if (ofPeople(one)) return shortOf(one.subject);
  return isPlace(one.subject_kind) ? name(one.subject) : one.subject;
}
