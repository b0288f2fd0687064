import type { SaveAllProgress } from "@media-protection/sdk/node";
import { bytesInWords } from "../words/sizes.js";
import { lengthInWords } from "../words/when.js";

/** Where a run stands, as lines of a terminal. Pure. */
export function progressLines(
  { saved, kept, failed, bytes, total, running }: SaveAllProgress,
  elapsedMs: number,
): string[] {
  const done = saved + kept + failed;
  const loaded = bytes + running.reduce((sum, one) => sum + one.loaded, 0);
  const rate = elapsedMs > 0 ? loaded / (elapsedMs / 1000) : 0;
  const left = total === undefined || done === 0 ? undefined : (elapsedMs / done) * (total - done);
  const head = [
    total === undefined ? `${done} media` : `${bar(done / Math.max(1, total))} ${done} of ${total}`,
    ...(kept > 0 ? [`${kept} there`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    bytesInWords(loaded),
    `${bytesInWords(rate)}/s`,
    ...(left === undefined || left < 1000 ? [] : [`${lengthInWords(left)} left`]),
  ].join("  ");
  const others = running.slice(0, 4).map(({ ref, loaded: at, size }) => {
    const part =
      size === undefined
        ? bytesInWords(at)
        : `${bar(at / Math.max(1, size), 12)} ${bytesInWords(size)}`;
    const name = Object.values(ref).findLast((value) => /^[0-9a-f-]{36}/i.test(String(value)));
    return `  ${part}  ${String(name ?? ref.kind)}`;
  });
  return [head, ...others];
}

function bar(share: number, width = 20): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * width);
  return "█".repeat(full) + "░".repeat(width - full);
}
