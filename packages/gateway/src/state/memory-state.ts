import { type GatewayState, revocationName, revocationNames } from "./gateway-state.js";

/** More names than this, and the oldest that can end are forgotten. */
const most = 100_000;

/** The state of one process: forgotten with it, and not shared with another. */
export function memoryState(now: () => number = Date.now): GatewayState {
  const revoked = new Set<string>();
  const counts = new Map<string, { count: number; readonly until: number }>();
  let sealedBefore = 0;
  const enter = (name: string, seconds: number): number => {
    const known = counts.get(name);
    if (known && known.until > now()) return ++known.count;
    counts.delete(name);
    const [oldest] = counts.keys();
    if (counts.size >= most && oldest !== undefined) counts.delete(oldest);
    counts.set(name, { count: 1, until: now() + seconds * 1000 });
    return 1;
  };
  return {
    async isRevoked(link) {
      return (
        link.issuedAt * 1000 < sealedBefore ||
        revocationNames(link).some((name) => revoked.has(name))
      );
    },
    async revoke(what) {
      const name = revocationName(what);
      if (name !== undefined) revoked.add(name);
      else if ("sealedBefore" in what)
        sealedBefore = Math.max(sealedBefore, what.sealedBefore.getTime());
    },
    takeOnce: async (name, seconds) => enter(`once:${name}`, seconds) === 1,
    count: async (name, seconds) => enter(`count:${name}`, seconds),
    isReady: async () => true,
  };
}
