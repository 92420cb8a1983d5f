// Whom a matter is about, where that is a group: its people's codes with `+` between them.

/** How many people a group has. */
export const peopleOf = (subject: string) => subject.split("+").length;

/** A subject as a list shows it. */
export const subjectOf = (one: { subject: string; subject_kind: string }) =>
  one.subject_kind === "group" && one.subject ? `${peopleOf(one.subject)} 人` : one.subject || "—";
