import { createHash } from "node:crypto";
import { ManifestError } from "../errors.js";
import type { ExportMedium } from "../plan/export-medium.js";
import { checkLines, checkMedia } from "./check-line.js";
import type { Manifest, ShardName, ShardPlan } from "./lines.js";

const version = 1;

/** Names a shard by what is in it: planned again, it has the same name. */
export function shardOf(media: readonly ExportMedium[]): ShardPlan {
  const [first] = media;
  if (!first) throw new RangeError("A shard has at least one medium.");
  const { kind, projectId } = first;
  const day = dayOf(first);
  const ids = media.map(({ id }) => id.toLowerCase()).sort();
  const hash = createHash("sha256").update(ids.join("\n")).digest("hex").slice(0, 24);
  return { name: `${kind}/${projectId}/${day}/${hash}`, kind, projectId, day, media };
}

/** The UTC day on which the platform created it. */
export function dayOf({ createdAt }: Pick<ExportMedium, "createdAt">): string {
  return createdAt.slice(0, 10);
}

/** The documents of a shard, by the end of their names. */
export const endings = {
  /** What is to be done. */
  plan: ".plan.jsonl",
  /** What has landed of a shard that is not closed; only where documents can be added to. */
  part: ".part.jsonl",
  /** Closed, and everything is there or gone. */
  done: ".jsonl",
  /** Closed, and some media could not be got: done again by the next run. */
  incomplete: ".incomplete.jsonl",
  /** Which of its media a deletion took from the platform. */
  deleted: ".deleted.jsonl",
} as const;

/** What a document is, by its name; `undefined` for one that is of no shard. */
export function readDocumentName(
  name: string,
): { readonly shard: string; readonly what: keyof typeof endings } | undefined {
  if (name.split("/").length !== 4) return undefined;
  for (const what of ["plan", "part", "incomplete", "deleted", "done"] as const) {
    if (name.endsWith(endings[what])) return { shard: name.slice(0, -endings[what].length), what };
  }
  return undefined;
}

/** A plan as text. */
export function writePlan({ media, ...shard }: ShardPlan): string {
  const lines = media.map((one) => ({ type: "planned", ...one }));
  return sealedShard("plan", shard, lines);
}

/** A manifest as text: a head, a line for each medium, and a closing line with counts and hash. */
export function writeManifest({ lines, ...shard }: Manifest): string {
  return sealedShard("manifest", shard, lines);
}

/** A document of a shard: a head that says what and of which shard it is, lines, and a closing line. */
export function sealedShard(
  type: "plan" | "manifest" | "deleted",
  shard: ShardName,
  lines: readonly object[],
): string {
  return sealed([{ type, version, ...shard }, ...lines]);
}

/** Lines closed by one that counts them and holds the SHA-256 of all that is before it. */
export function sealed(lines: readonly object[]): string {
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  const sha256 = createHash("sha256").update(text).digest("hex");
  return `${text}${JSON.stringify({ type: "end", lines: lines.length, sha256 })}\n`;
}

/**
 * Opens what {@link sealed} closed.
 *
 * @throws ManifestError where it is not whole
 */
export function unsealed(document: string, text: string): object[] {
  const torn = (because: string) => new ManifestError(document, "torn", because);
  if (!text.endsWith("\n")) throw torn("its last line is cut short");
  const start = text.lastIndexOf("\n", text.length - 2) + 1;
  const [end] = jsonLines(document, text.slice(start));
  if (!end || field(end, "type") !== "end") throw torn("its closing line is missing");
  const body = text.slice(0, start);
  if (createHash("sha256").update(body).digest("hex") !== field(end, "sha256")) {
    throw new ManifestError(
      document,
      "hash",
      "its lines are not those that its closing line was made of",
    );
  }
  const lines = jsonLines(document, body);
  if (lines.length !== field(end, "lines")) throw torn("its closing line counts other lines");
  return lines;
}

/**
 * The objects of JSON lines.
 *
 * @throws ManifestError for a line that is none
 */
export function jsonLines(document: string, text: string): object[] {
  return text.split("\n").flatMap((line) => {
    if (line === "") return [];
    try {
      const value: unknown = JSON.parse(line);
      if (typeof value === "object" && value !== null) return [value];
    } catch {
      // Said below.
    }
    throw new ManifestError(document, "format", "a line of it is not a JSON object");
  });
}

/** @throws ManifestError unless it is a whole plan */
export function readPlan(document: string, text: string): ShardPlan {
  const [head, ...lines] = headed(document, text, "plan");
  checkMedia(document, head, lines);
  // Safe: looked at above.
  const media = lines.map(({ type: _, ...medium }: { type?: unknown }) => medium as ExportMedium);
  return { ...head, media };
}

/** @throws ManifestError unless it is a whole manifest */
export function parseManifest(document: string, text: string): Manifest {
  const [head, ...lines] = headed(document, text, "manifest");
  checkMedia(document, head, lines);
  return { ...head, lines: checkLines(document, lines) };
}

/**
 * Opens what {@link sealedShard} closed.
 *
 * @throws ManifestError unless it is whole, of this type and version, and of the shard that its name says
 */
export function headed(document: string, text: string, type: string): [ShardName, ...object[]] {
  const [head, ...lines] = unsealed(document, text);
  if (!head || field(head, "type") !== type) {
    throw new ManifestError(document, "format", `it is no ${type}`);
  }
  if (field(head, "version") !== version) {
    throw new ManifestError(document, "version", `it is of another version than ${version}`);
  }
  const { name, kind, projectId, day } = head as ShardName; // Compared with its place below.
  // What its name says decides where is written next, so it is not the document's to choose.
  if (
    name !== readDocumentName(document)?.shard ||
    name.split("/").slice(0, 3).join("/") !== `${kind}/${projectId}/${day}`
  ) {
    throw new ManifestError(document, "format", "it is of another shard than its name says");
  }
  return [{ name, kind, projectId, day }, ...lines];
}

function field(object: object, name: string): unknown {
  return Reflect.get(object, name);
}
