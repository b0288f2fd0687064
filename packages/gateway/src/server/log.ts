import { isMediaProtectionError } from "@media-protection/sdk";
import { type Logger, pino } from "pino";

/** What a gateway's log is written to. */
export type GatewayLog = Pick<Logger, "info" | "warn" | "error">;

/** What whoever reads the log of wrong credentials has to do. */
export const credentialsRefused =
  "The platform refuses the gateway's credentials: nothing protected plays. Check SIGNALWIRE_PROJECT_ID, SIGNALWIRE_API_TOKEN and the token's scopes.";

/** The log, as JSON lines to standard output: levels by name, times as ISO 8601. */
export function openLog(): GatewayLog {
  return pino({
    name: "media-gateway",
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level) => ({ level }) },
  });
}

/** Upstream that refuses the credentials is an operator's to mend: it is an error, the rest warnings. */
export function logError(log: GatewayLog, error: unknown): void {
  const name = error instanceof Error ? error.name : "Error";
  // Of an error of the platform only what it is: its message has the platform's URL, which is a secret
  // while a switch is off.
  const status = error instanceof Error && "status" in error ? error.status : undefined;
  const fields = { error: name, ...(status === undefined ? {} : { status }) };
  if (isRefused(error)) log.error(fields, credentialsRefused);
  else if (isMediaProtectionError(error)) log.warn(fields, "A medium could not be fetched.");
  else log.error(fields, "Something failed.");
}

/** Whether the platform refused the credentials, or what they may. */
export function isRefused(error: unknown): boolean {
  return (
    isMediaProtectionError(error) && ["AuthenticationError", "PermissionError"].includes(error.name)
  );
}
