import { isMediaKind, mediaKinds } from "@media-protection/contract";
import type { MediaKind } from "@media-protection/sdk";
import { InvalidArgumentError } from "commander";

// What is written behind a switch, read; each throws what commander shows beside the switch's name.

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** An instant: a day in UTC, or ISO 8601 with its zone. */
export function readDate(text: string): Date {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const isInstant = /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})$/.test(text);
  const date = new Date(isDay ? `${text}T00:00:00Z` : text);
  // The 31st of February is not taken for a day in March.
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  const isOfCalendar =
    !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text.slice(0, 10));
  if ((isDay || isInstant) && isOfCalendar && !Number.isNaN(date.getTime())) return date;
  throw new InvalidArgumentError(
    "A day such as 2026-01-05, or an instant such as 2026-01-05T08:00:00Z.",
  );
}

/** An age in milliseconds, such as `30d`. */
export function readAge(text: string): number {
  const [, number = "", unit = ""] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const seconds = units[unit];
  if (seconds !== undefined) return Number(number) * seconds * 1000;
  throw new InvalidArgumentError("An age such as 30d, 12h, 15m or 0s.");
}

/** The switches' name of recordings, which is taken, too. */
const kindOf = (word: string) => (word === "recordings" ? "recording" : word);

/** Kinds with commas between, or `all`. */
export function readKinds(text: string): "all" | readonly MediaKind[] {
  if (text === "all") return "all";
  const kinds = text.split(",").map((one) => kindOf(one.trim()));
  if (kinds.every(isMediaKind)) return kinds;
  throw new InvalidArgumentError(
    `Of ${Object.keys(mediaKinds).join(", ")}, with commas between; or all.`,
  );
}

/** Ids of projects with commas between. */
export function readProjects(text: string): readonly string[] {
  const ids = text.split(",").map((one) => one.trim());
  if (ids.every((id) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id))) return ids;
  throw new InvalidArgumentError("Ids of projects (UUIDs), with commas between.");
}

/** A whole number within bounds. */
export function readCount(least: number, most: number) {
  return (text: string): number => {
    const count = Number(text);
    if (/^\d+$/.test(text) && count >= least && count <= most) return count;
    throw new InvalidArgumentError(`A whole number from ${least} to ${most}.`);
  };
}

/** Requests a second. */
export function readRate(text: string): number {
  const rate = Number(text);
  if (/^\d+(?:\.\d+)?$/.test(text) && rate > 0) return rate;
  throw new InvalidArgumentError("A number above 0.");
}
