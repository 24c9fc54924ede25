/** `mm:ss`, or `h:mm:ss` from an hour on; never negative, because clocks that disagree are not the agent's business. */
export function clockTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const pad = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const rest = `${pad(Math.floor((seconds % 3600) / 60))}:${pad(seconds % 60)}`;
  return hours > 0 ? `${String(hours)}:${rest}` : rest;
}

/** Whole seconds that are left until an instant, at least 0. */
export function secondsLeft(until: string, nowMs: number): number {
  return Math.max(0, Math.ceil((Date.parse(until) - nowMs) / 1000));
}

export function msSince(since: string | null | undefined, nowMs: number): number {
  return since ? Math.max(0, nowMs - Date.parse(since)) : 0;
}

/** Time of day, and the day when it is not today; in the instance's zone. */
export function shortInstant(
  instant: string,
  nowMs: number,
  language: string,
  timeZone?: string,
): string {
  const options: Intl.DateTimeFormatOptions = {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  };
  const zone = timeZone ? { timeZone } : {};
  const at = new Date(instant);
  const day = new Intl.DateTimeFormat(language, {
    ...zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const time = new Intl.DateTimeFormat(language, { ...zone, ...options }).format(at);
  if (day.format(at) === day.format(nowMs)) return time;
  return `${new Intl.DateTimeFormat(language, { ...zone, month: '2-digit', day: '2-digit' }).format(at)} ${time}`;
}
