/**
 * What is listed: media of one kind, each with its URL and its reference.
 */

import type { Client, CreatedFilter, HostedMediaRef, MediaRef } from "@media-protection/sdk";
import type { Listed } from "./kinds.js";

/** A medium in a list. */
export interface ListedMedium {
  readonly id: string;
  readonly projectId: string;
  readonly createdAt: Date;
  /** Where it is. It opens with credentials alone, where its kind is protected. */
  readonly url: string;
  readonly ref: MediaRef;
  /** What tells it from its neighbours. */
  readonly about: string;
  /** The media type that the listing states. */
  readonly contentType?: string;
  /** Where it is on the files host, where the listing tells that: of a fax's first document. */
  readonly hosted?: HostedMediaRef;
}

interface ListOptions extends CreatedFilter {
  readonly projectId?: string;
  readonly signal: AbortSignal;
}

/** Lists media of a kind as they come. */
export async function* listMedia(
  client: Client,
  kind: Listed,
  options: ListOptions,
): AsyncGenerator<ListedMedium> {
  const { projectId, signal } = options;
  const call = { signal, ...(projectId !== undefined && { projectId }) };
  for await (const item of itemsOf(client, kind, options, call)) {
    const { url } = await client.media.resolve(item, { projectId: item.projectId });
    yield { ...item, url: String(url) };
  }
}

type Item = Omit<ListedMedium, "url">;

async function* itemsOf(
  client: Client,
  kind: Listed,
  { createdAfter, createdBefore, createdOn, ...rest }: ListOptions,
  call: Omit<ListOptions, keyof CreatedFilter>,
): AsyncGenerator<Item> {
  // The SDK refuses a bound that is undefined, since it would widen what is asked for.
  const window = {
    ...(createdAfter !== undefined && { createdAfter }),
    ...(createdBefore !== undefined && { createdBefore }),
    ...(createdOn !== undefined && { createdOn }),
  };
  switch (kind) {
    case "recordings": {
      // Only of the credentials' own project are there two lists.
      const source = rest.projectId === undefined ? ("both" as const) : ("compatibility" as const);
      for await (const one of client.recordings.list({ ...call, ...window, source })) {
        const { id, projectId, createdAt, ref, durationSeconds, status } = one;
        const seconds = durationSeconds === undefined ? "" : `${durationSeconds} s, `;
        yield { id, projectId, createdAt, ref, about: `${seconds}${status}` };
      }
      return;
    }
    case "messages": {
      const sent = {
        ...(createdAfter !== undefined && { sentAfter: createdAfter }),
        ...(createdBefore !== undefined && { sentBefore: createdBefore }),
        ...(createdOn !== undefined && { sentOn: createdOn }),
      };
      for await (const message of client.messages.list({ ...call, ...sent })) {
        if (message.mediaCount === 0) continue;
        for await (const one of client.messageMedia.list(message.id, call)) {
          const { id, projectId, createdAt, ref, contentType } = one;
          const about = `${contentType}, ${message.from} → ${message.to}`;
          yield { id, projectId, createdAt, ref, about, contentType };
        }
      }
      return;
    }
    case "faxes":
      for await (const fax of client.faxes.list({ ...call, ...window })) {
        let hosted = await hostedRef(client, fax.raw.media_url, fax.projectId);
        for await (const one of client.faxMedia.list(fax.id, call)) {
          const { id, projectId, createdAt, ref, contentType } = one;
          const about = `${contentType}, ${fax.from} → ${fax.to}`;
          yield { id, projectId, createdAt, ref, about, contentType, ...(hosted && { hosted }) };
          hosted = undefined;
        }
      }
  }
}

/** What a listing's URL is on a files host of the client's; `undefined` for anything else. */
async function hostedRef(
  client: Client,
  url: string | null | undefined,
  projectId: string,
): Promise<HostedMediaRef | undefined> {
  if (!url) return undefined;
  try {
    const { ref } = await client.media.resolve(url, { projectId });
    return "file" in ref ? ref : undefined;
  } catch {
    return undefined;
  }
}
