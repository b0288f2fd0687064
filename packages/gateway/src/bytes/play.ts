import type { Client } from "@media-protection/sdk";
import { serveMedia } from "@media-protection/sdk/players";
import type { SealedLink } from "../links/sealed-link.js";
import { type Embed, type Fields, mainType, mediaHeaders, safety } from "./media-headers.js";
import type { PdfCheck } from "./pdf.js";
import { isRefusal, refuse } from "./refusals.js";

/** What a medium is served with. */
export interface PlayTools {
  readonly client: Client;
  readonly pdf: PdfCheck;
  readonly embed: Embed;
  readonly onError: (error: unknown) => void;
}

const words = { recording: "recording", messageMedia: "attachment", faxMedia: "fax" } as const;

/** A name that tells nothing of the platform: its ids are what its own URL is made of. */
export function safeName({ ref, id }: SealedLink, said: string | undefined): string {
  const extension = /\.([A-Za-z0-9]{1,8})"/.exec(said ?? "")?.[1]?.toLowerCase() ?? "bin";
  return `${words[ref.kind]}-${id}.${extension}`;
}

/** A version that holds an id of the medium would tell it. */
function withoutIds(headers: Map<string, string>, link: SealedLink): void {
  const etag = headers.get("etag")?.toLowerCase();
  const ids = Object.values(link.ref).filter((one) => one.length > 15);
  if (etag && ids.some((id) => etag.includes(id.toLowerCase().replace(/\.\w+$/, "")))) {
    headers.delete("etag");
  }
}

/** The medium's bytes for a link that opened, or a refusal. @param now Unix time in seconds */
export async function play(
  request: Request,
  link: SealedLink,
  tools: PlayTools,
  now: number,
): Promise<Response> {
  const { client, onError } = tools;
  const { ref, contentType } = link;
  let failure: unknown;
  const upstream = await serveMedia(client, { ref, contentType }, request, {
    projectId: ref.projectId,
    onError: (error) => {
      failure = error;
    },
  });
  const { status } = upstream;
  if (status >= 400) {
    await upstream.body?.cancel();
    if (failure !== undefined) onError(failure);
    return refusalFor(upstream, link, client);
  }
  const headers = await headFor(upstream.headers, link, tools, request.headers.get("origin"), now);
  return new Response(upstream.body, { status, headers: [...headers] });
}

/** The fields that stand before a medium's bytes. @param now Unix time in seconds */
export async function headFor(
  upstream: Fields,
  link: SealedLink,
  { pdf, embed }: Pick<PlayTools, "pdf" | "embed">,
  origin: string | null,
  now: number,
): Promise<Map<string, string>> {
  const { ref, disposition } = link;
  const isTyped = mainType(upstream.get("content-type")) === "application/pdf";
  const isPdf = isTyped && (await pdf.isPdf(ref, ref.projectId, upstream.get("etag") ?? null));
  const left = link.expiresAt - now;
  const headers = mediaHeaders({ upstream, disposition, left, embed, origin, isPdf });
  withoutIds(headers, link);
  const said = headers.get("content-disposition");
  if (said !== undefined) {
    headers.set("content-disposition", `${said.split(";")[0]}; filename="${safeName(link, said)}"`);
  }
  return headers;
}

/** What a viewer is told: a recording that the platform knows and cannot send yet is not gone. */
export async function refusalFor(
  upstream: { readonly status: number; readonly headers: Fields },
  { ref }: SealedLink,
  client: Client,
): Promise<Response> {
  const fields: Record<string, string> = {};
  for (const name of ["retry-after", "content-range", "allow"]) {
    const value = upstream.headers.get(name);
    if (typeof value === "string") fields[name] = value;
  }
  const { status } = upstream;
  if (status === 404 && "recordingId" in ref && (await isListed(ref, client))) {
    return refuse(503, { "retry-after": "5" });
  }
  if (status === 410) return refuse(404);
  if (status === 503 && fields["retry-after"] === undefined) fields["retry-after"] = "5";
  // The SDK's 400 is for a medium that its client may not ask for; to a viewer there is none.
  return status === 400 || !isRefusal(status) ? refuse(404) : refuse(status, fields);
}

async function isListed(
  { recordingId, projectId }: { readonly recordingId: string; readonly projectId?: string },
  client: Client,
): Promise<boolean> {
  try {
    await client.recordings.get(recordingId, projectId === undefined ? {} : { projectId });
    return true;
  } catch {
    return false;
  }
}

/** The answer to a page that asks whether it may ask for ranges. */
export function preflight(embed: Embed, origin: string | null): Response {
  return new Response(null, {
    status: 204,
    headers: {
      ...safety(embed, origin),
      allow: "GET, HEAD, OPTIONS",
      "access-control-allow-methods": "GET, HEAD",
      "access-control-allow-headers": "range, if-range, if-none-match, if-modified-since",
      "access-control-max-age": "600",
    },
  });
}
