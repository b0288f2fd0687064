const units = ["B", "kB", "MB", "GB", "TB"] as const;

/** A number of bytes, in units of 1000. */
export function bytesInWords(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

/** A count and what is counted. */
export function plural(count: number, what: string): string {
  const many = what.endsWith("ch") ? `${what}es` : `${what}s`;
  return `${count} ${count === 1 ? what : many}`;
}
