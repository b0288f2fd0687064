// Numbers as people read them; pure.

const units = ["B", "kB", "MB", "GB", "TB"];

/** Bytes, such as `1.4 MB`. */
export function bytesText(bytes: number): string {
  let [value, unit] = [bytes, 0];
  while (value >= 1000 && unit < units.length - 1) [value, unit] = [value / 1000, unit + 1];
  return `${unit > 0 && value < 100 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** Seconds, such as `2 h 5 min`. */
export function timeText(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** A count, such as `1,234,567`. */
export function countText(count: number): string {
  return Math.round(count).toLocaleString("en-US");
}

/** A count of things, such as `1 shard` and `2,000 shards`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

/** Text from outside without what a terminal would act on. */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, "?");
}

/** The beginning of a line that would be too long. */
export function clipped(line: string, width: number): string {
  const characters = [...line];
  return characters.length <= width
    ? line
    : `${characters.slice(0, Math.max(0, width - 1)).join("")}…`;
}
