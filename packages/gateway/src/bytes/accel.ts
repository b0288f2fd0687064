import { type Client, OptionError } from "@media-protection/sdk";
import type { SealedLink } from "../links/sealed-link.js";
import { type Embed, mediaHeaders } from "./media-headers.js";
import { safeName } from "./play.js";

/** nginx moves the bytes: Node decides. */
export interface AccelOptions {
  /** The origins that nginx has internal locations for, in their order: the space's, the files hosts'. */
  readonly origins: readonly string[];
  /** The path before them. @default "/-media" */
  readonly prefix?: string | undefined;
}

/**
 * The fields of the answer that makes nginx send a recording: `X-Accel-Redirect` to an internal location.
 *
 * @returns `undefined` where Node has to answer itself: what is no recording, whose type decides whether a
 *   browser may show it; an origin that nginx has no location for
 */
export async function accelFields(
  origin: string | null,
  link: SealedLink,
  { origins, prefix = "/-media" }: AccelOptions,
  { client, embed }: { readonly client: Client; readonly embed: Embed },
  now: number,
): Promise<Map<string, string> | undefined> {
  const { ref } = link;
  if (ref.kind !== "recording") return undefined;
  const { url } = await client.media.resolve(ref, { projectId: ref.projectId });
  const at = origins.indexOf(url.origin);
  if (at < 0) return undefined;
  const extension = /\.(mp3|mp4|wav)$/i.exec(url.pathname)?.[1]?.toLowerCase() ?? "wav";
  const type = { mp3: "audio/mpeg", mp4: "video/mp4", wav: "audio/wav" }[extension] ?? "audio/wav";
  const said = `inline; filename="x.${extension}"`;
  const headers = mediaHeaders({
    upstream: new Map([
      ["content-type", type],
      ["content-disposition", said],
    ]),
    disposition: link.disposition,
    left: link.expiresAt - now,
    embed,
    origin,
    isPdf: false,
  });
  const how = headers.get("content-disposition")?.split(";")[0];
  headers.set("content-disposition", `${how}; filename="${safeName(link, said)}"`);
  headers.delete("content-type");
  // nginx passes some of these on by itself, and then twice.
  const fields = new Map([["x-accel-redirect", `${prefix}/${at}${url.pathname}`]]);
  for (const [name, value] of headers) fields.set(`x-media-${name}`, value);
  return fields;
}

/** @throws OptionError for what are no origins */
export function checkAccel(accel: AccelOptions): AccelOptions {
  const isRight = accel.origins.every((one) => URL.canParse(one) && new URL(one).origin === one);
  if (accel.origins.length === 0 || !isRight) throw new OptionError("accel.origins", "origins");
  return accel;
}
