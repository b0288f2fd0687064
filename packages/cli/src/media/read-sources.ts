import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { CommandError } from "../terminal/failure.js";

/**
 * Reads URLs, one a line, or the lines of `ls --json`.
 *
 * @param file its path, or `-` for stdin
 * @throws CommandError for a file that cannot be read, or a line that is neither
 */
export async function readSources(file: string): Promise<string[]> {
  const content =
    file === "-"
      ? await text(process.stdin)
      : await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
          throw new CommandError(`--from: ${file} cannot be read (${error.code}).`);
        });
  return content.split("\n").flatMap((line, index) => {
    const trimmed = line.trim();
    if (trimmed === "" || trimmed.startsWith("#")) return [];
    const url = trimmed.startsWith("{") ? urlIn(trimmed) : trimmed;
    if (url === undefined) {
      throw new CommandError(`Line ${index + 1} of ${file} is neither a URL nor JSON with a url.`);
    }
    return [url];
  });
}

function urlIn(line: string): string | undefined {
  try {
    const { url } = JSON.parse(line);
    return typeof url === "string" ? url : undefined;
  } catch {
    return undefined;
  }
}
