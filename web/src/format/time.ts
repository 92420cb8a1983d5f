// Instants: the server counts seconds of China's civil time; the screen writes them as people do.

const DAY = 86_400;

/** Seconds of civil time now, by this machine's clock set to China's time. Only for counting down what the server set. */
export function civilNow(now: Date = new Date()): number {
  return Math.floor(now.getTime() / 1000) + 8 * 3600;
}

/** `2026-03-04 09:05`. */
export function moment(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return "—";
  return new Date(seconds * 1000).toISOString().slice(0, 16).replace("T", " ");
}

/** When a limit ends, as people write it: the last second of a day is its 24:00. */
export function ends(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return "—";
  return seconds % DAY === DAY - 1 ? `${day(seconds)} 24:00` : moment(seconds);
}

/** `2026-03-04`. */
export function day(seconds: number | null | undefined): string {
  return moment(seconds).slice(0, 10);
}

/** The day of the week: `星期三`. */
export function weekday(seconds: number): string {
  return `星期${"日一二三四五六".charAt(new Date(seconds * 1000).getUTCDay())}`;
}

/** Seconds of a civil time that the server wrote as text. */
export function secondsOf(text: string): number {
  return Date.parse(`${text.replace(" ", "T")}Z`) / 1000;
}

/** The end of a limit as people write it: the last second of a day is its 24:00. */
export function end(due: { last: string; end_of_day: boolean }): string {
  return due.end_of_day ? `${due.last.slice(0, 10)} 24:00` : due.last.slice(0, 16);
}

/** How long until an end, or since it passed. */
export function left(due: number, now: number): { text: string; late: boolean; near: boolean } {
  const seconds = due - now;
  const span = Math.abs(seconds);
  const days = Math.floor(span / DAY);
  const hours = Math.floor((span % DAY) / 3600);
  const minutes = Math.floor((span % 3600) / 60);
  const text =
    days >= 3
      ? `${days} 天`
      : days > 0
        ? `${days} 天${hours > 0 ? ` ${hours} 小时` : ""}`
        : hours > 0
          ? `${hours} 小时 ${minutes} 分`
          : `${minutes} 分`;
  const late = seconds < 0;
  return { text: late ? `逾期 ${text}` : `剩 ${text}`, late, near: !late && seconds < 3 * DAY };
}

/** The last second of today in China. */
export function endOfToday(now: number): number {
  return Math.floor(now / DAY) * DAY + DAY - 1;
}
