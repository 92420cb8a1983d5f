// Which columns a table has room for: those that can be spared go, the most sparable first, before anybody has to scroll sideways.

interface Sized {
  key: string;
  width: string;
  /** In which order columns are given up where there is no room: 1 goes first; one without never goes. */
  spare?: number;
}

/** The least width of a column, in pixels: the first number of its width. */
export const leastOf = (column: Sized): number => Number(column.width.match(/(\d+)px/)?.[1] ?? 100);

/** The columns that fit into a width beside what is taken already, in their order; all of them where the width is not known yet. */
export function fitting<T extends Sized>(columns: T[], width: number, taken: number): T[] {
  const room = () => columns.reduce((sum, column) => sum + leastOf(column), taken);
  while (width > 0 && room() > width) {
    const spared = columns
      .filter((column) => column.spare !== undefined)
      .sort((a, b) => (a.spare ?? 0) - (b.spare ?? 0))[0];
    if (!spared) break;
    columns = columns.filter((column) => column !== spared);
  }
  return columns;
}
