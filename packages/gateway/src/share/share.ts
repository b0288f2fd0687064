import type { Client } from "@media-protection/sdk";
import { mainType } from "../bytes/media-headers.js";
import { refuse } from "../bytes/refusals.js";
import type { KeyRing } from "../links/key-ring.js";
import { isPasscode } from "../links/passcode.js";
import { sealLink } from "../links/seal.js";
import type { SealedLink } from "../links/sealed-link.js";
import type { GatewayState } from "../state/gateway-state.js";
import { type Opened, page, pageHeaders } from "./page.js";

/** What a share page is made with. */
export interface ShareTools {
  readonly client: Client;
  readonly state: GatewayState;
  readonly ring: KeyRing;
  /** Unix time in seconds. */
  readonly now: number;
}

/** How often a passcode may be tried, in how many seconds. */
const tries = 5;
const window = 15 * 60;
/** A play link of a page lives this long, and is renewed when 80 % are over. */
const playLife = 15 * 60;
/** One that cannot be renewed, since its page opens once. */
const onceLife = 4 * 60 * 60;
const longestForm = 4096;

/**
 * Answers a share link. `GET` is a title and a button, whatever asks: it uses nothing up and has no
 * media. `POST` opens: it checks the passcode, takes a one-time link, and has a fresh play link.
 */
export async function share(
  request: Request,
  link: SealedLink,
  tools: ShareTools,
): Promise<Response> {
  const { method } = request;
  const needs = link.passcode !== undefined;
  const waits = needs || link.once;
  if (method === "GET" || method === "HEAD") {
    return html(
      method === "HEAD" ? null : page({ kind: link.ref.kind, needsPasscode: needs, waits }),
    );
  }
  if (method !== "POST") return refuse(405, { allow: "GET, HEAD, POST" });
  const wantsJson = request.headers.get("accept") === "application/json";
  const refused = await passcodeRefusal(request, link, tools);
  if (refused) {
    if (wantsJson || refused === "wait")
      return refused === "wait" ? refuse(429, { "retry-after": `${window}` }) : wrong();
    return html(
      page({ kind: link.ref.kind, needsPasscode: true, waits: true, isWrong: true }),
      403,
    );
  }
  const medium = await look(link, tools.client);
  if (typeof medium === "number")
    return refuse(medium, medium === 503 ? { "retry-after": "5" } : {});
  // Taken last: what could not be shown is not used up.
  if (link.once) {
    try {
      const left = Math.max(1, link.expiresAt - tools.now + 120);
      if (!(await tools.state.takeOnce(link.id, left))) return refuse(410);
    } catch {
      return refuse(503, { "retry-after": "2" });
    }
  }
  const opened = await open(link, medium, tools);
  if (wantsJson) return Response.json(opened, { headers: pageHeaders("application/json") });
  return html(page({ kind: link.ref.kind, needsPasscode: false, waits: true, opened }));
}

function html(body: string | null, status = 200): Response {
  return new Response(body, { status, headers: pageHeaders("text/html; charset=utf-8") });
}

function wrong(): Response {
  return Response.json(
    { error: "That is not the passcode." },
    { status: 403, headers: pageHeaders("application/json") },
  );
}

async function passcodeRefusal(
  request: Request,
  { id, passcode }: SealedLink,
  { state }: ShareTools,
): Promise<"wait" | "wrong" | undefined> {
  if (passcode === undefined) return undefined;
  const given = await formField(request, "passcode");
  if (given === "") return "wrong";
  let count: number;
  try {
    count = await state.count(`passcode:${id}`, window);
  } catch {
    // Tries that nobody counts could be any number.
    return "wait";
  }
  if (count > tries * 4) return "wait";
  if (await isPasscode(given, id, passcode)) return undefined;
  const wrongs = await state.count(`wrong:${id}`, window).catch(() => tries + 1);
  return wrongs > tries ? "wait" : "wrong";
}

async function formField(request: Request, name: string): Promise<string> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of request.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > longestForm) return "";
  }
  return new URLSearchParams(text).get(name)?.slice(0, 128) ?? "";
}

/** What a browser can do with the medium, or the status it is refused with. */
async function look({ ref, contentType }: SealedLink, client: Client) {
  try {
    const { projectId } = ref;
    const media = await client.media.download(
      { ref, contentType },
      { projectId, range: { start: 0, end: 4 } },
    );
    const type = mainType(media.contentType);
    const head = new TextDecoder("latin1").decode(await media.bytes());
    return { element: elementFor(type, head), size: media.range?.size ?? media.contentLength };
  } catch (error) {
    const status = error instanceof Error && "status" in error ? error.status : undefined;
    if (status === 404 || status === 410) return 404;
    // An empty medium has no first bytes.
    if (status === 416) return { element: "file" as const, size: 0 };
    return status === 429 || status === 503 ? 503 : 502;
  }
}

function elementFor(type: string, head: string): Opened["element"] {
  if (type.startsWith("audio/")) return "audio";
  if (type.startsWith("video/")) return "video";
  if (type === "application/pdf" && head === "%PDF-") return "pdf";
  return /^image\/(?:png|jpeg|gif|webp|avif|bmp)$/.test(type) ? "image" : "file";
}

async function open(
  link: SealedLink,
  { element, size }: { readonly element: Opened["element"]; readonly size: number | undefined },
  { ring, now }: ShareTools,
): Promise<Opened> {
  const life = Math.max(1, Math.min(link.once ? onceLife : playLife, link.expiresAt - now));
  // With the same id: whoever takes the page back takes its bytes back.
  const fresh = {
    ...link,
    tier: "play",
    issuedAt: now,
    expiresAt: now + life,
    once: false,
    passcode: undefined,
  } as const;
  const [shown, saved] = await Promise.all([
    sealLink({ ...fresh, disposition: "inline" }, ring),
    sealLink({ ...fresh, disposition: "attachment" }, ring),
  ]);
  return {
    element: link.disposition === "attachment" ? "file" : element,
    play: `../m/${shown}`,
    download: `../m/${saved}`,
    renewIn: link.once ? 0 : Math.floor(life * 0.8),
    size,
  };
}
