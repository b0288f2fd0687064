import { checkId } from "./file-id.js";
import { latin1 } from "./latin1.js";
import { type MediaFile, mediaFile } from "./media-file.js";

/** What {@link vcardFile} needs to know. */
export interface VcardOptions {
  /** Names the contact: it is its UID. Printable ASCII, at most 200. */
  readonly id: string;
  readonly lastModified: Date;
}

const FORMAT = { contentType: "text/vcard", extension: "vcf" };

/**
 * A contact, as phones send it: a vCard 3.0 (RFC 2426) with a number from the range reserved for fiction.
 *
 * @throws RangeError when the id is out of range
 */
export function vcardFile({ id, lastModified }: VcardOptions): MediaFile {
  checkId(id);
  return mediaFile(
    FORMAT,
    lastModified,
    () => {
      const lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "N:Example;Robin;;;",
        "FN:Robin Example",
        "TEL;TYPE=CELL:+15550100001",
        // In a value these separate (§4), so each needs a backslash.
        `UID:${id.replace(/[\\,;]/g, "\\$&")}`,
        `REV:${lastModified.toISOString()}`,
        "END:VCARD",
      ];
      const pattern = latin1(lines.map((line) => `${fold(line)}\r\n`).join(""));
      return { head: new Uint8Array(0), pattern, size: pattern.length };
    },
    { recipe: { id } },
  );
}

/** A line of more than 75 characters goes on in the next, which begins with a space (§2.6). */
function fold(line: string): string {
  return (line.match(/^.{1,75}|.{1,74}/g) ?? []).join("\r\n ");
}
