import type { ExportProgress } from "../run/progress.js";
import { leftOf, type RateSample, secondsLeft } from "./rates.js";
import { bytesText, clipped, countText, plain, timeText } from "./words.js";

/** How many running media are shown. */
const mostRunning = 5;

/** A whole view for a terminal: some lines, each of the width at most. Pure. */
export function progressView(progress: ExportProgress, rate: RateSample, width: number): string[] {
  const { shardsDone, shardsPlanned, isListed, saved, kept, gone, failed, bytes } = progress;
  const left = secondsLeft(progress, rate);
  const lines = [
    `Shards   ${bar(shardsDone, shardsPlanned, isListed)} ${countText(shardsDone)} of ${countText(shardsPlanned)}${isListed ? "" : ", still listing"}`,
    `Media    ${countText(saved)} saved (${bytesText(bytes)}), ${countText(kept + progress.known)} were there, ${countText(leftOf(progress))} to go`,
    `Rate     ${rate.media.toFixed(1)} media/s, ${bytesText(rate.bytes)}/s${left === undefined ? "" : `, ${timeText(left)} left`}`,
  ];
  if (progress.isPaused) lines.push("Paused   what is under way ends; export resume goes on");
  if (failed + gone > 0) lines.push(`Not got  ${reasonsText(progress)}`);
  for (const { key, loaded, total } of progress.running.slice(0, mostRunning)) {
    const said = `  ${bytesText(loaded)}${total === undefined ? "" : ` of ${bytesText(total)}`}  `;
    lines.push(said + endOf(plain(key), width - said.length));
  }
  const more = progress.running.length - mostRunning;
  if (more > 0) lines.push(`  and ${more} more`);
  return lines.map((line) => clipped(line, width));
}

/** One line that says the same in short, for logs. Pure. */
export function progressLine(progress: ExportProgress, rate: RateSample): string {
  const { shardsDone, shardsPlanned, isListed, saved, kept, known, bytes, failed, gone } = progress;
  const left = secondsLeft(progress, rate);
  return [
    ...(progress.isPaused ? ["paused"] : []),
    `shards ${shardsDone}/${shardsPlanned}${isListed ? "" : "+"}`,
    `saved ${saved} (${bytesText(bytes)})`,
    `there ${kept + known}`,
    ...(failed + gone > 0 ? [`not got: ${reasonsText(progress)}`] : []),
    `${rate.media.toFixed(1)} media/s`,
    `${bytesText(rate.bytes)}/s`,
    ...(left === undefined ? [] : [`${timeText(left)} left`]),
  ].join(", ");
}

/** What could not be got, by reason. Pure. */
export function reasonsText({ reasons }: Pick<ExportProgress, "reasons">): string {
  const some = Object.entries(reasons).filter(([, count]) => count > 0);
  return some.map(([reason, count]) => `${countText(count)} ${reason}`).join(", ");
}

const barWidth = 20;

function bar(done: number, planned: number, isListed: boolean): string {
  // While the listing is read nobody knows how much there is.
  if (!isListed || planned === 0) return `[${"·".repeat(barWidth)}]`;
  const filled = Math.round((barWidth * done) / planned);
  return `[${"█".repeat(filled)}${"·".repeat(barWidth - filled)}]`;
}

/** The end of a key says more than its beginning: there the id is, by which they differ. */
function endOf(text: string, width: number): string {
  const characters = [...text];
  return characters.length <= width
    ? text
    : `…${characters.slice(1 - Math.max(2, width)).join("")}`;
}
