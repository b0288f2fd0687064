/**
 * A Content-Disposition field (RFC 6266) that any file name can be put in. Whatever the name holds, the
 * field is one line of ASCII: quotes and backslashes are escaped; control characters, which could end
 * the field, become `_`. Other characters go into `filename*` (RFC 8187), with a fallback for old clients.
 *
 * The package `content-disposition` cannot stand in: the newest for Node 20 leaves the quotes out where a
 * name needs none, as the servers that platforms are built on do not, and throws for half a surrogate
 * pair, which a mock must be able to send something for.
 *
 * Paths are left in the name: making it safe to save is the client's duty, and a mock must be able to
 * send a name that is not.
 */
export function contentDisposition(
  disposition: "inline" | "attachment",
  fileName?: string,
): string {
  if (fileName === undefined) return disposition;
  const name = fileName.replace(CONTROLS, "_");
  const plain = name.replace(/[^\x20-\x7e]/gu, "_").replace(/["\\]/g, "\\$&");
  const field = `${disposition}; filename="${plain}"`;
  // Some clients decode percent signs even here, so a name with one needs the exact form, too.
  return /[^\x20-\x7e]|%/.test(name) ? `${field}; filename*=UTF-8''${percentEncode(name)}` : field;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not pass
const CONTROLS = /[\x00-\x1f\x7f]/g;

const ATTR_CHAR = /[A-Za-z0-9!#$&+.^_`|~-]/;

function percentEncode(text: string): string {
  // Not encodeURIComponent: it throws on half a surrogate pair and lets `'()*` pass.
  const bytes = Array.from(new TextEncoder().encode(text));
  return bytes
    .map((byte) => {
      const char = String.fromCharCode(byte);
      return ATTR_CHAR.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    })
    .join("");
}
