import { OptionError } from "@media-protection/sdk";

/** Which pages may show a medium: any, those of the same site, none, or those of these origins. */
export type Embed = "anywhere" | "same-site" | "nowhere" | readonly string[];

/** What a browser may show in place; whatever else is saved. */
const shown =
  /^(?:audio\/[\w.+-]+|video\/[\w.+-]+|image\/(?:png|jpeg|gif|webp|avif|bmp)|application\/pdf|text\/plain)$/;

/** Whether a medium of this type is shown in place, where its link does not say otherwise. */
export function isShown(contentType: string | null | undefined): boolean {
  return shown.test(mainType(contentType));
}

/** The type without its parameters. */
export function mainType(contentType: string | null | undefined): string {
  return (contentType ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
}

/** The fields of upstream's answer that are passed on; nothing else of it is. */
const passed = [
  "accept-ranges",
  "content-length",
  "content-range",
  "content-type",
  "content-disposition",
  "etag",
  "last-modified",
  "retry-after",
] as const;

/** Fields by their names in lower case: `Headers`, or a map. */
export interface Fields {
  get(name: string): string | null | undefined;
}

/** What an answer with a medium's bytes is told to browsers and caches by. */
export interface MediaHeadersOptions {
  readonly upstream: Fields;
  readonly disposition: "inline" | "attachment";
  /** Seconds that the link still lives. */
  readonly left: number;
  readonly embed: Embed;
  /** The `Origin` field of the request. */
  readonly origin: string | null;
  /** Whether it begins as a PDF does; Chrome shows none under a sandbox. */
  readonly isPdf: boolean;
}

/** The fields of an answer with a medium: pure. */
export function mediaHeaders(options: MediaHeadersOptions): Map<string, string> {
  const { upstream, disposition, left, embed, origin, isPdf } = options;
  const headers = new Map(Object.entries(safety(embed, origin)));
  for (const name of passed) {
    const value = upstream.get(name);
    if (typeof value === "string") headers.set(name, value);
  }
  headers.set("cache-control", `private, max-age=${Math.max(0, left)}`);
  const type = upstream.get("content-type");
  const isSafe = isShown(type) && (mainType(type) !== "application/pdf" || isPdf);
  if (!isPdf) headers.set("content-security-policy", "default-src 'none'; sandbox");
  const said = headers.get("content-disposition");
  if (said !== undefined) {
    const how = disposition === "inline" && isSafe ? "inline" : "attachment";
    headers.set("content-disposition", said.replace(/^(?:inline|attachment)/, how));
  }
  return headers;
}

/** The fields that every answer has. */
export function safety(embed: Embed, origin: string | null): Record<string, string> {
  const fields: Record<string, string> = {
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy":
      embed === "nowhere" ? "same-origin" : embed === "same-site" ? "same-site" : "cross-origin",
  };
  const exposed = "accept-ranges, content-length, content-range, content-disposition, etag";
  if (embed === "anywhere") {
    fields["access-control-allow-origin"] = "*";
    fields["access-control-expose-headers"] = exposed;
  } else if (typeof embed === "object") {
    fields["vary"] = "Origin";
    if (origin !== null && embed.includes(origin)) {
      fields["access-control-allow-origin"] = origin;
      fields["access-control-expose-headers"] = exposed;
    }
  }
  return fields;
}

/** @throws OptionError for what is none of these */
export function checkEmbed(embed: Embed): Embed {
  const isWord = embed === "anywhere" || embed === "same-site" || embed === "nowhere";
  const isList =
    Array.isArray(embed) && embed.every((one) => URL.canParse(one) && new URL(one).origin === one);
  if (isWord || isList) return embed;
  throw new OptionError("embed", '"anywhere", "same-site", "nowhere" or a list of origins');
}
