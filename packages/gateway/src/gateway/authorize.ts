import type { RefusalStatus } from "../bytes/refusals.js";
import { LinkError } from "../links/link-error.js";
import type { ReadLink } from "../links/seal.js";
import type { SealedLink } from "../links/sealed-link.js";
import type { GatewayState } from "../state/gateway-state.js";

/** What a link is judged by. */
export interface Judge {
  readonly read: (token: string) => Promise<ReadLink>;
  readonly state: GatewayState;
  readonly epochs: Readonly<Record<string, Date>>;
  readonly onError: (error: unknown) => void;
}

/** The medium as logs and taking back name it: kind, project and ids, with slashes. */
export function mediumName(ref: SealedLink["ref"]): string {
  const { kind, projectId } = ref;
  if ("recordingId" in ref) return `${kind}/${projectId}/${ref.recordingId}`.toLowerCase();
  if ("messageId" in ref)
    return `${kind}/${projectId}/${ref.messageId}/${ref.mediaId}`.toLowerCase();
  if ("faxId" in ref) return `${kind}/${projectId}/${ref.faxId}/${ref.mediaId}`.toLowerCase();
  return `${kind}/${projectId}/files/${ref.file}`;
}

/** What a token came to: the link where a key of the ring sealed it, and what it is refused with. */
export interface Judged {
  readonly link?: SealedLink;
  readonly refusal?: RefusalStatus;
}

/** Judges a token. */
export async function authorize(
  token: string,
  tier: SealedLink["tier"],
  { read, state, epochs, onError }: Judge,
): Promise<Judged> {
  let found: ReadLink;
  try {
    found = await read(token);
  } catch (error) {
    if (!(error instanceof LinkError)) throw error;
    return { refusal: 404 };
  }
  const { link, isExpired } = found;
  if (isExpired) return { link, refusal: 410 };
  if (link.tier !== tier) return { refusal: 404 };
  const epoch = epochs[link.ref.projectId];
  if (epoch && link.issuedAt * 1000 < epoch.getTime()) return { link, refusal: 410 };
  const { id, audience, issuedAt } = link;
  try {
    const medium = mediumName(link.ref);
    if (await state.isRevoked({ id, audience, issuedAt, medium })) return { link, refusal: 410 };
  } catch (error) {
    onError(error);
    if (link.revocable) return { link, refusal: 503 };
  }
  return { link };
}
