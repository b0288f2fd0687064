/** What a viewer is told, in words without anything inside. */
const texts = {
  400: "This is no request that can be answered.",
  404: "There is nothing behind this link.",
  405: "This link can only be read.",
  410: "This link has ended.",
  416: "The range begins behind the medium's end.",
  429: "Too many tries. Wait a while.",
  500: "The medium could not be sent.",
  502: "The medium cannot be fetched at present. Its owner has been told.",
  503: "The medium cannot be sent right now. Try again in a moment.",
  504: "The medium took too long to fetch.",
} as const;

/** The statuses that something is refused with. Never 401, which would open a login box. */
export type RefusalStatus = keyof typeof texts;

/** Whether a status is one of those. */
export function isRefusal(status: number): status is RefusalStatus {
  return status in texts;
}

/** An answer with a status and a line. Nobody keeps it, since the next try may end better. */
export function refuse(
  status: RefusalStatus,
  fields: Readonly<Record<string, string>> = {},
): Response {
  return new Response(`${texts[status]}\n`, {
    status,
    headers: {
      "cache-control": "no-store",
      "content-security-policy": "default-src 'none'; sandbox",
      "content-type": "text/plain; charset=utf-8",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      ...fields,
    },
  });
}
