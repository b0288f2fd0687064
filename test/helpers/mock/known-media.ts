import type { MediaKind } from "@media-protection/contract";
import { createPlatform } from "@media-protection/mock";
import { sending } from "../../mock/scene.js";
import type { MockProcess } from "../processes/processes.js";

/** A medium of a mock in another process. */
export interface KnownMedium {
  readonly kind: MediaKind;
  /** Its URLs on the space and on the files host. */
  readonly urls: readonly [space: string, files: string];
  /** The bytes that it must have. */
  readonly bytes: Uint8Array;
}

const date = "2026-01-15T09:00:00Z";

/**
 * Gives a mock two media of each kind. Their bytes are known, and not from the mock: a platform in this
 * process makes the same ones, as both come from their ids.
 */
export async function addKnownMedia(mock: MockProcess): Promise<KnownMedium[]> {
  const { projectId } = mock;
  const twin = createPlatform({ seed: "empty", projectId });
  twin.origins = mock.origins;
  const common = { createdAt: Date.parse(date) };
  const media: KnownMedium[] = [];
  const add = async (
    kind: MediaKind,
    urls: { readonly space: string; readonly files: string },
    bytes: Uint8Array,
    description: object,
  ) => {
    const body = { kind, ...description, createdAt: date };
    const added = await fetch(`${mock.origins.space}/__mock/media`, sending("POST", {}, body));
    if (added.status !== 201) throw new Error(`The mock takes no ${kind}: ${await added.text()}`);
    media.push({ kind, urls: [urls.space, urls.files], bytes });
  };
  // The second is too large to be sent in one piece, so that switches flip in the middle of it.
  for (const size of [20_000, 300_000]) {
    const id = twin.uuid();
    const { recording, urls } = twin.addRecording({ ...common, id, size });
    await add("recording", urls, recording.files.wav.bytes(0, size), { id, size });
  }
  for (const contentType of ["image/jpeg", "image/png"] as const) {
    const ids = { id: twin.uuid(), messageId: twin.uuid() };
    const { media: it, urls } = twin.addMessageMedia({ ...common, ...ids, contentType });
    await add("messageMedia", urls, it.file.bytes(0, it.file.size), { ...ids, contentType });
  }
  for (const pages of [1, 3]) {
    const ids = { id: twin.uuid(), faxId: twin.uuid() };
    const { media: it, urls } = twin.addFaxMedia({ ...common, ...ids, pages });
    await add("faxMedia", urls, it.file.bytes(0, it.file.size), { ...ids, pages });
  }
  return media;
}
