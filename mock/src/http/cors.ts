/**
 * What lets a web page of any origin read the platform's answers (the Fetch standard, "CORS protocol").
 */

/** The headers that every answer carries while the switch `cors` is on. */
export const corsHeaders = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers":
    "Accept-Ranges, Content-Disposition, Content-Length, Content-Range, ETag, Last-Modified, Location, WWW-Authenticate, X-Request-Id",
} as const;

/** The headers that answer a preflight. `*` does not cover Authorization, so that is named. */
export const preflightHeaders = {
  "access-control-allow-methods": "GET, HEAD, POST, PATCH, DELETE, OPTIONS",
  "access-control-allow-headers":
    "Authorization, Accept, Content-Type, Range, If-Range, If-Match, If-None-Match, If-Modified-Since, If-Unmodified-Since, *",
  "access-control-max-age": "600",
} as const;

/** Adds the CORS headers to headers that are there. */
export function setCorsHeaders(headers: Headers): void {
  for (const [name, value] of Object.entries(corsHeaders)) headers.set(name, value);
}
