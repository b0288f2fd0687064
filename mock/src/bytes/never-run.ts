/** Adds to the headers of a medium what keeps it from running as a page. */
export function setNeverRun(headers: Headers, contentType: string): void {
  if (isPassive(contentType)) return;
  for (const [name, value] of Object.entries(neverRun)) headers.set(name, value);
}

/**
 * What keeps a page that is a medium from running on the origin it comes from, where the mock's own
 * pages hold an API token: without an origin, without scripts (CSP Level 3, "sandbox"), and not guessed
 * from its bytes (the Fetch standard).
 */
const neverRun = {
  "Content-Security-Policy": "sandbox; default-src 'none'",
  "X-Content-Type-Options": "nosniff",
} as const;

/** Whether browsers show a type and run nothing of it. Of pictures, SVG is a document. */
function isPassive(contentType: string): boolean {
  const [type = ""] = contentType.toLowerCase().split(";");
  return /^ *(?:audio\/|video\/|image\/(?!svg)|application\/pdf *$)[^,]*$/.test(type);
}
