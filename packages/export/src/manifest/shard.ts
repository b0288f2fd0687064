import { createHash } from "node:crypto";
import type { MediaKind } from "@media-protection/sdk";
import { ManifestError } from "../errors.js";
import type { ExportMedium } from "../plan/export-medium.js";

/** A medium that is in the target. */
export interface SavedLine extends ExportMedium {
  /** Tells the lines apart. */
  readonly type: "saved";
  /** Its key in the target; a path below the folder. */
  readonly key: string;
  /** Bytes that arrived. */
  readonly size: number;
  /** The SHA-256 of the bytes that arrived, lower-case hex. */
  readonly sha256: string;
  /** When it was in place, ISO 8601. */
  readonly savedAt: string;
  /**
   * The copy was in place, but its note was lost in a crash, and the platform does not have the medium any
   * more: the SHA-256 is of what lies there.
   */
  readonly recovered?: true;
}

/** Why a medium is not in the target. */
export type LostReason =
  | "gone"
  | "missing"
  | "forbidden"
  | "integrity"
  | "name-taken"
  | "untrusted"
  | "platform";

/** A medium that is not in the target, and why. */
export interface LostLine extends ExportMedium {
  /** Tells the lines apart: `gone`, the platform does not have it any more; `failed`, it could not be got. */
  readonly type: "gone" | "failed";
  /**
   * `gone`: deleted after it was listed; `missing`: listed, but 404; `forbidden`: 403; `integrity`: what
   * came is not the medium; `name-taken`: something else has its key; `untrusted`: its URL may not have
   * credentials; `platform`: any other failure.
   */
  readonly reason: LostReason;
  /** The error in words. */
  readonly message: string;
}

/** What a manifest says of one medium. */
export type ManifestLine = SavedLine | LostLine;

/** A shard: at most so many media of one kind, project and UTC day. */
export interface ShardName {
  /** `KIND/PROJECT/DAY/HASH`: where its documents are. */
  readonly name: string;
  /** The kind of all its media. */
  readonly kind: MediaKind;
  /** The project of all its media. */
  readonly projectId: string;
  /** The UTC day that its media were created on, `2026-01-05`. */
  readonly day: string;
}

/** A shard that is to be done. */
export interface ShardPlan extends ShardName {
  /** Its media. */
  readonly media: readonly ExportMedium[];
}

/** A shard that was done. */
export interface Manifest extends ShardName {
  /** One line for each medium of its plan. */
  readonly lines: readonly ManifestLine[];
}

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
} as const;

/** What a document is, by its name; `undefined` for one that is of no shard. */
export function readDocumentName(
  name: string,
): { readonly shard: string; readonly what: keyof typeof endings } | undefined {
  if (name.split("/").length !== 4) return undefined;
  for (const what of ["plan", "part", "incomplete", "done"] as const) {
    if (name.endsWith(endings[what])) return { shard: name.slice(0, -endings[what].length), what };
  }
  return undefined;
}

/** A plan as text. */
export function writePlan({ media, ...shard }: ShardPlan): string {
  return sealed([
    { type: "plan", version, ...shard },
    ...media.map((one) => ({ type: "planned", ...one })),
  ]);
}

/** A manifest as text: a head, a line for each medium, and a closing line with counts and hash. */
export function writeManifest({ lines, ...shard }: Manifest): string {
  return sealed([{ type: "manifest", version, ...shard }, ...lines]);
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
  // Safe: the hash says that these are the lines that writePlan wrote.
  const media = lines.map(({ type: _, ...medium }: { type?: unknown }) => medium as ExportMedium);
  return { ...head, media };
}

/** @throws ManifestError unless it is a whole manifest */
export function parseManifest(document: string, text: string): Manifest {
  const [head, ...lines] = headed(document, text, "manifest");
  // Safe as above, of writeManifest.
  return { ...head, lines: lines as ManifestLine[] };
}

function headed(document: string, text: string, type: string): [ShardName, ...object[]] {
  const [head, ...lines] = unsealed(document, text);
  if (!head || field(head, "type") !== type) {
    throw new ManifestError(document, "format", `it is no ${type}`);
  }
  if (field(head, "version") !== version) {
    throw new ManifestError(document, "version", `it is of another version than ${version}`);
  }
  const { name, kind, projectId, day } = head as ShardName; // As above.
  return [{ name, kind, projectId, day }, ...lines];
}

function field(object: object, name: string): unknown {
  return Reflect.get(object, name);
}
