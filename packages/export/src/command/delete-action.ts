import { access, constants, readFile, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { deleteExported } from "../deletion/delete-media.js";
import {
  type DeletionPlan,
  planDeletion,
  readDeletionPlan,
  writeDeletionPlan,
} from "../deletion/deletion-plan.js";
import type { Target } from "../targets/target.js";
import { countText } from "../view/words.js";
import { openClient, openPlace, projectsOf } from "./place.js";
import { nothingText, planText } from "./plan-text.js";
import type { ExitCode } from "./say.js";
import type { ClientSwitches, PlaceSwitches } from "./switches.js";
import { startTicker, type Ticker } from "./ticker.js";

/** The switches of `export delete`. */
export interface DeleteSwitches extends ClientSwitches, PlaceSwitches {
  readonly manifest?: string;
  readonly minAge?: number;
  readonly limit?: number;
  readonly plan: string;
  readonly yes?: true;
  readonly json?: true;
}

/** `export delete`: first a plan, then `--yes`. */
export async function runDelete(switches: DeleteSwitches): Promise<ExitCode> {
  const { manifest = switches.to, minAge, yes } = switches;
  if (manifest === undefined) {
    throw new Error("--manifest is missing: the target, a folder or s3://bucket/prefix.");
  }
  if (!yes && minAge === undefined) {
    throw new Error("--min-age is missing: how old media must be to be deleted, such as 30d.");
  }
  const target = await openPlace({ ...switches, to: manifest });
  const ticker = startTicker();
  try {
    return yes
      ? await carryOut(switches, target, ticker)
      : await makePlan({ ...switches, minAge: minAge ?? Infinity }, target, ticker);
  } finally {
    ticker.end();
    await target.close();
  }
}

async function makePlan(
  switches: DeleteSwitches & { readonly minAge: number },
  target: Target,
  ticker: Ticker,
): Promise<ExitCode> {
  const { minAge, limit, plan: path, json } = switches;
  // Before everything is re-read.
  await access(dirname(resolve(path)), constants.W_OK).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`The plan ${path} cannot be written (${error.code}): name another by --plan.`);
  });
  const { own } = await openClient(switches);
  const chosen = projectsOf(switches);
  const projects = typeof chosen === "string" ? [own] : chosen;
  const { signal, say } = ticker;
  const plan = await planDeletion({
    ...{ target, projects, minAge, limit, signal },
    onProgress: ({ media, unproven }) =>
      ticker.tick(
        `Re-read: ${countText(media.length)} copies right, ${countText(unproven)} left out`,
      ),
  });
  const { media, unproven, young, deletedBefore, isCut } = plan;
  const counts = { media: media.length, unproven, young, deletedBefore, isCut };
  if (media.length + unproven + young + deletedBefore === 0) {
    throw new Error(
      `No manifest in ${target.name} has a medium of these projects: no plan was written.`,
    );
  }
  if (media.length === 0) {
    if (json) say(JSON.stringify(counts));
    else for (const line of nothingText(plan)) say(line);
    return unproven === 0 ? 0 : 2;
  }
  // Never over another one, which may be half carried out.
  await writeFile(path, writeDeletionPlan(plan), { flag: "wx" }).catch((error: unknown) => {
    const isThere = error instanceof Error && "code" in error && error.code === "EEXIST";
    if (!isThere) throw error;
    throw new Error(
      `${path} is a plan already: carry it out with --yes, remove it, or name another by --plan.`,
    );
  });
  if (json) say(JSON.stringify({ plan: path, ...counts }));
  else for (const line of planText(path, plan)) say(line);
  return unproven === 0 ? 0 : 2;
}

/** The plan says what is deleted: switches that would not let it be made so are not passed over. */
function checkWithin(switches: DeleteSwitches, { media }: DeletionPlan): void {
  const { minAge = 0, limit = Infinity, plan } = switches;
  const chosen = projectsOf(switches);
  const projects = typeof chosen === "string" ? undefined : chosen.map((id) => id.toLowerCase());
  const young = media.filter(({ line }) => Date.now() - Date.parse(line.createdAt) < minAge);
  const others = media.filter(
    ({ line }) => projects !== undefined && !projects.includes(line.projectId.toLowerCase()),
  );
  const because = [
    ...(young.length > 0 ? [`${countText(young.length)} younger than --min-age`] : []),
    ...(others.length > 0 ? [`${countText(others.length)} of other --projects`] : []),
    ...(media.length > limit ? [`${countText(media.length - limit)} beyond --limit`] : []),
  ];
  if (because.length === 0) return;
  throw new Error(
    `${plan} has media that these switches leave out: ${because.join(", ")}. Nothing was deleted.`,
  );
}

async function carryOut(
  switches: DeleteSwitches,
  target: Target,
  ticker: Ticker,
): Promise<ExitCode> {
  const { plan, json } = switches;
  const { signal, say } = ticker;
  const text = await readFile(plan, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      error.code === "ENOENT"
        ? `There is no plan ${plan}: make one first, with --min-age and without --yes.`
        : `The plan ${plan} cannot be read (${error.code}).`,
    );
  });
  checkWithin(switches, readDeletionPlan(plan, text));
  const { client } = await openClient(switches);
  const report = await deleteExported(client, {
    ...{ target, plan, yes: true, signal },
    onProgress: ({ planned, deleted, alreadyGone, changed, copyWrong }) =>
      ticker.tick(
        `${countText(deleted)} of ${countText(planned)} deleted, ${countText(alreadyGone)} were gone, ${countText(changed + copyWrong)} left`,
      ),
  });
  const { planned, deleted, alreadyGone, changed, copyWrong } = report;
  if (json) say(JSON.stringify(report));
  else {
    say(
      `${countText(deleted)} of ${countText(planned)} deleted, ${countText(alreadyGone)} were gone before.`,
    );
    if (changed > 0) say(`Left, since the platform has other bytes by now: ${countText(changed)}.`);
    if (copyWrong > 0) {
      say(`Left, since their copy is not right any more: ${countText(copyWrong)}.`);
    }
    if (changed + copyWrong > 0) {
      say("`export repair` with this target gets wrong copies anew; then plan again.");
    }
  }
  return changed + copyWrong === 0 ? 0 : 2;
}
