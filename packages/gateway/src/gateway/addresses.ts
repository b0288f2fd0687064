/** What a viewer's address is counted by. */
export interface Network {
  /** One viewer's: an address of IPv4, a /64 of IPv6. */
  readonly own: string;
  /** What one viewer can easily have more of: a /24, a /64. */
  readonly neighbours: string;
}

/** Whoever has one address of IPv6 has its whole /64, however it is written. */
export function networkOf(address: string): Network {
  if (address.includes(".")) {
    const own = address.replace(/^::ffff:/i, "");
    return { own, neighbours: own.replace(/\.\d+$/, "") };
  }
  const [left = "", right] = address.replace(/%.*$/, "").toLowerCase().split("::");
  const groups = (text: string) => (text === "" ? [] : text.split(":"));
  const [before, after] = [groups(left), groups(right ?? "")];
  const missing = right === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const all = [...before, ...new Array<string>(missing).fill("0"), ...after];
  const own = all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":");
  return { own, neighbours: own };
}
