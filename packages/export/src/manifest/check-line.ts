import { isMediaKind } from "@media-protection/contract";
import { ManifestError } from "../errors.js";
import { isOfOneMedium } from "../plan/references.js";
import type { ManifestLine, SavedLine, ShardName } from "./lines.js";

type Fields = Readonly<Record<string, unknown>>;

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

/**
 * Whether an object is the line of a medium. The closing line's hash says that a document is whole, and not
 * who wrote it: whoever may write to the target may write another, so each line is looked at.
 */
function isMedium(line: Fields): boolean {
  const { kind, id, projectId, createdAt, ref } = line;
  const hasNames = isMediaKind(kind) && isText(id) && isText(projectId) && isText(createdAt);
  if (!hasNames || Number.isNaN(Date.parse(createdAt))) return false;
  if (typeof ref !== "object" || ref === null) return false;
  // Safe: its fields are compared one by one, and the client refuses what is no reference.
  return isOfOneMedium(line as unknown as SavedLine);
}

function isCopy({ key, size, sha256, savedAt }: Fields): boolean {
  const isSize = typeof size === "number" && Number.isSafeInteger(size) && size >= 0;
  // Two ways to write one file's name would make one copy pass for two.
  const isPlain = isText(key) && !key.split("/").some((part) => ["", ".", ".."].includes(part));
  return isPlain && isSize && isText(savedAt) && /^[0-9a-f]{64}$/.test(String(sha256));
}

const wrong = (document: string, because: string) => new ManifestError(document, "format", because);

/**
 * The lines of a shard's plan or manifest: of its kind and its project, and each medium's own.
 *
 * @throws ManifestError for one that is none
 */
export function checkMedia(document: string, shard: ShardName, lines: readonly object[]): void {
  for (const line of lines as readonly Fields[]) {
    if (!isMedium(line)) throw wrong(document, "a line of it is not that of one medium");
    if (line["kind"] !== shard.kind || line["projectId"] !== shard.projectId) {
      throw wrong(document, "a line of it is of another kind or project than the shard");
    }
  }
}

/** @throws ManifestError for a line that no manifest has */
export function checkLines(document: string, lines: readonly object[]): readonly ManifestLine[] {
  for (const line of lines as readonly Fields[]) {
    const { type, reason, message } = line;
    const isLost = (type === "gone" || type === "failed") && isText(reason) && isText(message);
    if (!isMedium(line) || !(type === "saved" ? isCopy(line) : isLost)) {
      throw wrong(document, "a line of it is not that of one medium");
    }
  }
  // Safe: looked at above.
  return lines as readonly ManifestLine[];
}

/** @throws ManifestError unless it is the line of a copy */
export function checkSaved(document: string, line: unknown): SavedLine {
  const [found] = checkLines(document, typeof line === "object" && line !== null ? [line] : [{}]);
  if (found?.type !== "saved") throw wrong(document, "a line of it is not that of a copy");
  return found;
}
