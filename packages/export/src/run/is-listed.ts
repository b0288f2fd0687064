import { type Client, isMediaProtectionError } from "@media-protection/sdk";
import type { ExportMedium } from "../plan/export-medium.js";
import { lostReason } from "./lost.js";

/**
 * Whether the platform still knows a medium, apart from its bytes.
 *
 * @throws whatever the call throws, but for 404
 */
export async function isListed(
  client: Client,
  { kind, id, projectId, messageId = "", faxId = "" }: ExportMedium,
  signal?: AbortSignal | undefined,
): Promise<boolean> {
  const call = { projectId, signal };
  try {
    if (kind === "recording") await client.recordings.get(id, call);
    else if (kind === "messageMedia") await client.messageMedia.get(messageId, id, call);
    else await client.faxMedia.get(faxId, id, call);
    return true;
  } catch (error) {
    if (isMediaProtectionError(error) && error.name === "NotFoundError") return false;
    throw error;
  }
}

/**
 * The same, where a doubt is no reason to end: whoever does not say counts as listing it, so that no medium
 * is given up for a doubt.
 *
 * @throws what concerns the whole run
 */
export async function isStillListed(
  client: Client,
  medium: ExportMedium,
  signal?: AbortSignal | undefined,
): Promise<boolean> {
  try {
    return await isListed(client, medium, signal);
  } catch (error) {
    if (signal?.aborted || lostReason(error) === undefined) throw error;
    return true;
  }
}
