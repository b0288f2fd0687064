/**
 * A plan: which switches are to be turned so that an estate is as desired. Pure.
 */

import type { ProtectionSetting } from "@media-protection/sdk";
import { CommandError } from "../terminal/failure.js";
import { type Desired, desiredOf } from "./desired.js";
import { changesOf, isSetting, type ProjectState, type SwitchChange } from "./switches.js";

/** One switch to turn. */
export interface PlannedChange {
  readonly setting: ProtectionSetting;
  readonly before: boolean;
  readonly after: boolean;
}

/** The switches to turn in one project. */
export interface PlannedProject {
  readonly projectId: string;
  readonly name: string;
  readonly changes: readonly PlannedChange[];
}

/** What is to be done, and how much needs nothing. */
export interface Plan {
  readonly version: 1;
  /** When it was made, in ISO 8601. */
  readonly createdAt: string;
  readonly projects: readonly PlannedProject[];
  /** How many projects are as desired. */
  readonly asDesired: number;
  /** How many are left alone. */
  readonly leftAlone: number;
}

/** Compares what is with what is desired. */
export function makePlan(desired: Desired, estate: readonly ProjectState[], now: Date): Plan {
  const compared = estate.map((project) => {
    const wanted = desiredOf(desired, project);
    return { project, changes: wanted && changesOf(project.switches, wanted) };
  });
  return {
    version: 1,
    createdAt: now.toISOString(),
    projects: compared.flatMap(({ project: { id, name }, changes }) =>
      changes !== undefined && changes.length > 0 ? [{ projectId: id, name, changes }] : [],
    ),
    asDesired: compared.filter(({ changes }) => changes?.length === 0).length,
    leftAlone: compared.filter(({ changes }) => changes === undefined).length,
  };
}

/** The change that a plan makes in a project. */
export function afterOf(changes: readonly PlannedChange[]): SwitchChange {
  return Object.fromEntries(changes.map(({ setting, after }) => [setting, after]));
}

/** What a plan found there. */
export function beforeOf(changes: readonly PlannedChange[]): SwitchChange {
  return Object.fromEntries(changes.map(({ setting, before }) => [setting, before]));
}

/** Whether a project has these switches so. */
export function holds(switches: ProjectState["switches"], expected: SwitchChange): boolean {
  return changesOf(switches, expected).length === 0;
}

/**
 * Reads a plan that was written by `plan --out`.
 *
 * @throws CommandError for what is none
 */
export function readPlan(value: unknown): Plan {
  const wrong = new CommandError("The file is no plan; make one with: plan --out plan.json");
  if (!isRecord(value) || value["version"] !== 1 || !Array.isArray(value["projects"])) throw wrong;
  const projects = value["projects"].map((one: unknown): PlannedProject => {
    if (!isRecord(one)) throw wrong;
    const { projectId, name, changes } = one;
    if (typeof projectId !== "string" || typeof name !== "string" || !Array.isArray(changes)) {
      throw wrong;
    }
    return { projectId, name, changes: changes.map(readChange) };
  });
  const count = (name: string) => (typeof value[name] === "number" ? value[name] : 0);
  return {
    version: 1,
    createdAt: String(value["createdAt"]),
    projects,
    asDesired: count("asDesired"),
    leftAlone: count("leftAlone"),
  };
}

function readChange(value: unknown): PlannedChange {
  const { setting, before, after } = isRecord(value) ? value : {};
  const isRight = typeof before === "boolean" && typeof after === "boolean" && before !== after;
  if (typeof setting !== "string" || !isSetting(setting) || !isRight) {
    throw new CommandError("A change of the plan is no switch that is turned.");
  }
  return { setting, before, after };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
