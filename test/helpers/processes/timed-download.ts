import { type Agent, get, type IncomingMessage } from "node:http";
import type { MediaKind } from "@media-protection/contract";
import type { KnownMedium } from "../mock/known-media.js";

/** What came back. */
export interface Answer {
  readonly status: number | undefined;
  /** When the head came: whether it is served was decided before. */
  readonly head: number;
  readonly bytes: Uint8Array;
}

/** A download that is over. */
export interface Exchange {
  readonly what: string;
  readonly kind: MediaKind;
  readonly isAnonymous: boolean;
  readonly start: number;
  readonly head: number;
  readonly status: number | undefined;
  /** What is wrong with it, whatever the switches say. */
  readonly problem?: string;
}

/** The time in µs, by a clock that never goes back and that all processes of a machine share. */
export function now(): number {
  return Number(process.hrtime.bigint() / 1000n);
}

/** Downloads without the SDK. */
export async function plainDownload(
  url: string,
  headers: Readonly<Record<string, string>>,
  agent: Agent,
): Promise<Answer> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { agent, headers }, resolve).on("error", reject);
  });
  const head = now();
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return { status: response.statusCode, head, bytes: Buffer.concat(chunks) };
}

/** Downloads, and notes how it went. Never rejects; while it goes on, `pending` has its name. */
export async function observe(
  name: string,
  medium: KnownMedium,
  url: string,
  pending: Set<string>,
  download: (url: string) => Promise<Answer>,
): Promise<Exchange> {
  const what = `${name} GET ${url}`;
  const { kind } = medium;
  const isAnonymous = name.startsWith("anonymous");
  const start = now();
  pending.add(what);
  try {
    const { status, head, bytes } = await download(url);
    const exchange = { what, kind, isAnonymous, start, head, status };
    if (status === 401) return isAnonymous ? exchange : { ...exchange, problem: "denied" };
    if (status !== 200) return { ...exchange, problem: "neither served nor denied" };
    const isExact = Buffer.compare(medium.bytes, bytes) === 0;
    return isExact ? exchange : { ...exchange, problem: "other bytes" };
  } catch (error) {
    return { what, kind, isAnonymous, start, head: now(), status: undefined, problem: `${error}` };
  } finally {
    pending.delete(what);
  }
}
