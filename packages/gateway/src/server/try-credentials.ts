import type { Client } from "@media-protection/sdk";
import { credentialsRefused, type GatewayLog, isRefused } from "./log.js";

/**
 * Asks the platform for one listed item, and says loudly where its credentials open none of the three kinds:
 * else the first viewer would be who learns of it. A gateway whose platform does not answer is only warned
 * of; links may play later.
 *
 * @param signal ends it without a word
 */
export async function tryCredentials(
  client: Client,
  log: GatewayLog,
  signal: AbortSignal,
): Promise<void> {
  const one = { limit: 1 };
  // A token may lack the scope of a kind, which some platforms say by the status of a wrong token.
  for (const list of [client.recordings, client.messages, client.faxes]) {
    try {
      await list.list({ signal }).toArray(one);
      return;
    } catch (error) {
      if (signal.aborted) return;
      if (isRefused(error)) continue;
      const name = error instanceof Error ? error.name : "Error";
      log.warn(
        { error: name },
        "The platform could not be asked whether it takes the credentials.",
      );
      return;
    }
  }
  log.error({}, credentialsRefused);
}
