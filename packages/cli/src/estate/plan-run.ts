/**
 * Plans over the platform: the desired state read from a file, compared with what is, shown.
 */

import { readFile } from "node:fs/promises";
import type { Client } from "@media-protection/sdk";
import { CommandError } from "../terminal/failure.js";
import type { Output } from "../terminal/output.js";
import { plural } from "../words/sizes.js";
import { type Desired, readDesired, unknownIds, unmatchedNames } from "./desired.js";
import { makePlan, type Plan, readPlan } from "./plan.js";
import { readTree } from "./read-estate.js";
import { onOff, type ProjectState } from "./switches.js";

/** The file that is read where none is named. */
export const desiredFile = "protection.yaml";

/** Reads a plan or a desired state. @throws CommandError */
export async function readWanted(
  file: string | undefined,
): Promise<{ readonly plan: Plan } | { readonly desired: Desired }> {
  const name = file ?? desiredFile;
  const text = await readFile(name, "utf8").catch((error: NodeJS.ErrnoException) => {
    const missing = `${name} cannot be read (${error.code}).`;
    throw new CommandError(
      `${missing} Write what is desired into it: media-protection plan --help`,
    );
  });
  const { LineCounter, parseDocument } = await import("yaml");
  // Without the excerpt that would be drawn over several lines.
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { prettyErrors: false, lineCounter });
  const [wrong] = document.errors;
  if (wrong !== undefined) {
    const { line, col } = lineCounter.linePos(wrong.pos[0]);
    throw new CommandError(
      `${name} is no YAML, at line ${line}, column ${col}: ${wrong.message}. Indent by spaces, and close each { and [.`,
    );
  }
  const value: unknown = document.toJS();
  // JSON is YAML, so that one reader reads both.
  if (typeof value === "object" && value !== null && "createdAt" in value) {
    return { plan: readPlan(value) };
  }
  try {
    return { desired: readDesired(value) };
  } catch (error) {
    throw error instanceof CommandError ? new CommandError(`${name}: ${error.message}`) : error;
  }
}

/** The plan of a file: the one that it is, or one that is made now. */
export async function planOf(
  client: Client,
  file: string | undefined,
  output: Output,
  signal: AbortSignal,
): Promise<Plan> {
  const wanted = await readWanted(file);
  return "plan" in wanted ? wanted.plan : planNow(client, wanted.desired, output, signal);
}

/** A plan for what is desired, by what is now. */
export async function planNow(
  client: Client,
  desired: Desired,
  output: Output,
  signal: AbortSignal,
): Promise<Plan> {
  const estate: ProjectState[] = [];
  for await (const project of readTree(client, signal)) estate.push(project);
  const [unknown] = unknownIds(desired, estate);
  if (unknown !== undefined) {
    throw new CommandError(
      `No project of the tree has the id ${unknown}; see media-protection ls projects.`,
    );
  }
  for (const name of unmatchedNames(desired, estate)) {
    output.note(`No project's name is like "${name}".`);
  }
  return makePlan(desired, estate, new Date());
}

/** A plan without what is so already: nobody is asked about that. */
export async function stillToDo(client: Client, plan: Plan, signal: AbortSignal): Promise<Plan> {
  const is = new Map<string, ProjectState>();
  for await (const project of readTree(client, signal)) is.set(project.id, project);
  const projects = plan.projects.filter(({ projectId, changes }) => {
    const switches = is.get(projectId)?.switches;
    return (
      switches === undefined || changes.some(({ setting, after }) => switches[setting] !== after)
    );
  });
  const asDesired = plan.asDesired + plan.projects.length - projects.length;
  return { ...plan, projects, asDesired };
}

/** Shows a plan, to be read at a glance. */
export function showPlan(output: Output, plan: Plan): void {
  let turned = 0;
  for (const { projectId, name, changes } of plan.projects) {
    output.say(`${output.paint("bold", name)}  ${output.paint("dim", projectId)}`);
    for (const { setting, before, after } of changes) {
      turned++;
      const sign = output.paint(after ? "green" : "yellow", after ? "+" : "-");
      output.say(`  ${sign} ${setting.padEnd(13)} ${onOff(before)} → ${onOff(after)}`);
      output.tell({ projectId, name, setting, before, after });
    }
  }
  const rest = [
    `${plural(plan.asDesired, "project")} as desired`,
    ...(plan.leftAlone > 0 ? [`${plan.leftAlone} left alone`] : []),
  ].join(", ");
  if (turned === 0) {
    output.say(`Nothing to do: ${rest}.`);
    return;
  }
  const todo = `${plural(turned, "switch")} to turn in ${plural(plan.projects.length, "project")}`;
  output.say(`\n${todo}; ${rest}.`);
}
