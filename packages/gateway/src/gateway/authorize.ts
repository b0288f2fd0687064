import type { RefusalStatus } from "../bytes/refusals.js";
import { LinkError } from "../links/link-error.js";
import type { SealedLink } from "../links/sealed-link.js";
import type { GatewayState } from "../state/gateway-state.js";

/** What a link is judged by. */
export interface Judge {
  readonly open: (token: string) => Promise<SealedLink>;
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

/** The link that a token is, or the status that it is refused with. */
export async function authorize(
  token: string,
  tier: SealedLink["tier"],
  { open, state, epochs, onError }: Judge,
): Promise<SealedLink | RefusalStatus> {
  let link: SealedLink;
  try {
    link = await open(token);
  } catch (error) {
    if (!(error instanceof LinkError)) throw error;
    return error.reason === "expired" ? 410 : 404;
  }
  if (link.tier !== tier) return 404;
  const epoch = epochs[link.ref.projectId];
  if (epoch && link.issuedAt * 1000 < epoch.getTime()) return 410;
  const { id, audience, issuedAt } = link;
  try {
    const medium = mediumName(link.ref);
    if (await state.isRevoked({ id, audience, issuedAt, medium })) return 410;
  } catch (error) {
    onError(error);
    if (link.revocable) return 503;
  }
  return link;
}
