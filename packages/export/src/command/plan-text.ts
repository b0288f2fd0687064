import type { DeletionPlan } from "../deletion/deletion-plan.js";
import { bytesText, countText } from "../view/words.js";

/** A deletion plan in short, for whoever has to say yes: a line for each kind and project. Pure. */
export function planText(
  path: string,
  { media, unproven, young, deletedBefore, isCut }: DeletionPlan,
): string[] {
  const lists = new Map<string, { count: number; bytes: number; from: string; to: string }>();
  let all = 0;
  for (const { line } of media) {
    const name = `${line.kind.padEnd(13)} ${line.projectId}`;
    const day = line.createdAt.slice(0, 10);
    const list = lists.get(name) ?? { count: 0, bytes: 0, from: day, to: day };
    list.count++;
    list.bytes += line.size;
    if (day < list.from) list.from = day;
    if (day > list.to) list.to = day;
    lists.set(name, list);
    all += line.size;
  }
  const lines = [
    `${path}: ${countText(media.length)} media (${bytesText(all)}).`,
    "Each has a copy that was re-read for this plan, and is right.",
  ];
  for (const [name, { count, bytes, from, to }] of lists) {
    lines.push(`  ${name}  ${countText(count)} (${bytesText(bytes)})`, `    of ${from} to ${to}`);
  }
  lines.push(...leftOutText({ unproven, young, deletedBefore }));
  if (isCut) lines.push("There are more: plan again afterwards.");
  return [
    ...lines,
    "Nothing was deleted. Read the plan. To carry it out, today, add to the command:",
    `  --plan ${path} --yes`,
  ];
}

/** Why there is no plan. Pure. */
export function nothingText(plan: DeletionPlan): string[] {
  return ["Nothing to delete; no plan was written.", ...leftOutText(plan)];
}

function leftOutText({
  unproven,
  young,
  deletedBefore,
}: Pick<DeletionPlan, "unproven" | "young" | "deletedBefore">): string[] {
  return [
    ...(young > 0 ? [`Left out, since they are younger: ${countText(young)}.`] : []),
    ...(deletedBefore > 0
      ? [`Left out, since they are deleted already: ${countText(deletedBefore)}.`]
      : []),
    ...(unproven > 0
      ? [
          `Left out, since their copy is not right or not there: ${countText(unproven)}.`,
          "`export repair` with this target gets those anew.",
        ]
      : []),
  ];
}
