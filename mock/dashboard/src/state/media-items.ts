/**
 * Every medium of a project, from the SDK's listings, in one shape for the page.
 */

import type { MediaKind } from "@media-protection/contract";
import type { Client, MediaRef } from "@media-protection/sdk";
import type { Session } from "./session.js";
import { lengthInWords, plural } from "./words.js";

/** A medium as the page shows it. */
export interface MediaItem {
  readonly id: string;
  readonly projectId: string;
  readonly kind: MediaKind;
  /** What to download it by. */
  readonly ref: MediaRef;
  readonly createdAt: Date;
  /** What tells it from its neighbours, such as its length or its sender. */
  readonly detail: string;
}

/** Lists the media of one kind; nothing is asked for before the first step. */
export function listMedia(
  session: Session,
  kind: MediaKind,
  projectId: string,
  signal: AbortSignal,
): AsyncIterable<MediaItem> {
  const call = { projectId, signal };
  switch (kind) {
    case "recording":
      return recordings(session, call);
    case "messageMedia":
      return attachments(session.client, call);
    case "faxMedia":
      return documents(session.client, call);
  }
}

interface CallOptions {
  readonly projectId: string;
  readonly signal: AbortSignal;
}

async function* recordings(session: Session, call: CallOptions): AsyncGenerator<MediaItem> {
  // Only of the credentials' own project are there two lists.
  const isOwn = call.projectId === session.projectId;
  const source = isOwn ? ("both" as const) : ("compatibility" as const);
  for await (const recording of session.client.recordings.list({ ...call, source })) {
    const { id, projectId, ref, createdAt, durationSeconds, channels, status } = recording;
    const sound = channels === 2 ? "stereo" : "mono";
    const length = durationSeconds === undefined ? "" : `${lengthInWords(durationSeconds)}, `;
    const detail = `${length}${sound}, ${status}`;
    yield { kind: "recording", id, projectId, ref, createdAt, detail };
  }
}

async function* attachments(client: Client, call: CallOptions): AsyncGenerator<MediaItem> {
  for await (const message of client.messages.list(call)) {
    if (message.mediaCount === 0) continue;
    for await (const media of client.messageMedia.list(message.id, call)) {
      const { id, projectId, ref, createdAt, contentType } = media;
      const detail = `${contentType}, ${message.from} → ${message.to}`;
      yield { kind: "messageMedia", id, projectId, ref, createdAt, detail };
    }
  }
}

async function* documents(client: Client, call: CallOptions): AsyncGenerator<MediaItem> {
  for await (const fax of client.faxes.list(call)) {
    for await (const media of client.faxMedia.list(fax.id, call)) {
      const { id, projectId, ref, createdAt, contentType } = media;
      const pages = fax.pageCount === undefined ? "" : `, ${plural(fax.pageCount, "page")}`;
      const detail = `${contentType}${pages}, ${fax.from} → ${fax.to}`;
      yield { kind: "faxMedia", id, projectId, ref, createdAt, detail };
    }
  }
}
