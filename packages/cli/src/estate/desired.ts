/**
 * The desired state of an estate: a default, projects by id or by name, and what is left alone. Pure.
 */

import { CommandError } from "../terminal/failure.js";
import { isSetting, type ProjectState, type SwitchChange, settings } from "./switches.js";

/** Which projects a rule is about: one by its id, or those whose name is like that. */
export interface Selector {
  readonly id?: string | undefined;
  /** A name in which `*` stands for anything. */
  readonly name?: string | undefined;
}

/** What is desired. */
export interface Desired {
  /** For every project that is not left alone. */
  readonly default: SwitchChange;
  /** For some projects, over the default; of several that say something of one switch the last counts. */
  readonly projects: readonly (Selector & { readonly switches: SwitchChange })[];
  /** Nothing is turned there, whatever else is said. */
  readonly leave: readonly Selector[];
}

/**
 * Reads what a file says.
 *
 * @param value parsed
 * @throws CommandError that names what is wrong, and where
 */
export function readDesired(value: unknown): Desired {
  const root = record(value, "the file", ["version", "default", "projects", "leave"]);
  if (root["version"] !== undefined && root["version"] !== 1) {
    throw new CommandError("version must be 1.");
  }
  const desired: Desired = {
    default: root["default"] === undefined ? {} : switchesIn(root["default"], "default", []),
    projects: list(root["projects"], "projects").map((one, index) => {
      const where = `projects[${index}]`;
      const selector = selectorIn(one, where, settings);
      return { ...selector, switches: switchesIn(one, where, ["id", "name"]) };
    }),
    leave: list(root["leave"], "leave").map((one, index) => selectorIn(one, `leave[${index}]`, [])),
  };
  const says = [desired.default, ...desired.projects.map(({ switches }) => switches)];
  if (says.every((one) => Object.keys(one).length === 0)) {
    throw new CommandError(`The file turns no switch: say one of ${settings.join(", ")}.`);
  }
  return desired;
}

/** What is desired of one project; `undefined` where it is left alone. */
export function desiredOf(desired: Desired, project: ProjectState): SwitchChange | undefined {
  if (desired.leave.some((selector) => selects(selector, project))) return undefined;
  const wanted = desired.projects.filter((one) => selects(one, project));
  return Object.assign({}, desired.default, ...wanted.map(({ switches }) => switches));
}

/** The ids that a file names and no project has: a mistake, and never "nothing to do". */
export function unknownIds(desired: Desired, projects: readonly ProjectState[]): string[] {
  const known = new Set(projects.map(({ id }) => id));
  const named = [...desired.projects, ...desired.leave].flatMap(({ id }) => (id ? [id] : []));
  return named.filter((id) => !known.has(id));
}

/** The names that a file has and no project is like. */
export function unmatchedNames(desired: Desired, projects: readonly ProjectState[]): string[] {
  return [...desired.projects, ...desired.leave].flatMap(({ name }) =>
    name !== undefined && !projects.some((project) => isLike(project.name, name)) ? [name] : [],
  );
}

function selects({ id, name }: Selector, project: ProjectState): boolean {
  return (
    (id === undefined || id === project.id) && (name === undefined || isLike(project.name, name))
  );
}

function isLike(name: string, pattern: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s").test(name);
}

function selectorIn(value: unknown, where: string, others: readonly string[]): Selector {
  const { id, name } = record(value, where, ["id", "name", ...others]);
  if (id === undefined && name === undefined) {
    throw new CommandError(`${where} must have an id or a name.`);
  }
  for (const [key, text] of Object.entries({ id, name })) {
    if (text !== undefined && (typeof text !== "string" || text === "")) {
      throw new CommandError(`${where}.${key} must be a text.`);
    }
  }
  // Both were held against that above.
  return { id: (id as string | undefined)?.toLowerCase(), name: name as string | undefined };
}

function switchesIn(value: unknown, where: string, others: readonly string[]): SwitchChange {
  const fields = record(value, where, [...settings, ...others]);
  const said = Object.entries(fields).flatMap(([name, text]) => {
    if (!isSetting(name) || text === "leave") return [];
    const on = readOn(text);
    if (on === undefined) throw new CommandError(`${where}.${name} must be on, off or leave.`);
    return [[name, on] as const];
  });
  return Object.fromEntries(said);
}

/** YAML 1.1 reads `on` as true, 1.2 as a text. */
function readOn(value: unknown): boolean | undefined {
  if (value === true || value === "on") return true;
  return value === false || value === "off" ? false : undefined;
}

function list(value: unknown, where: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new CommandError(`${where} must be a list.`);
  return value;
}

function record(
  value: unknown,
  where: string,
  known: readonly string[],
): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new CommandError(`${where} must be a mapping of ${known.join(", ")}.`);
  }
  const stranger = Object.keys(value).find((name) => !known.includes(name));
  if (stranger !== undefined) {
    throw new CommandError(`${where} has "${stranger}"; known are ${known.join(", ")}.`);
  }
  return Object.fromEntries(Object.entries(value));
}
