import type { Command } from "commander";
import { type AccountSettings, openEnvironment, withAccount } from "../account/account-options.js";
import { exitCodes } from "../terminal/exit-codes.js";
import { CommandError } from "../terminal/failure.js";
import { runCommand } from "../terminal/run.js";

interface GatewaySettings extends AccountSettings {
  readonly port: string;
  readonly host: string;
  readonly publicUrl?: string;
  readonly keys?: string;
  readonly epochs?: string;
  readonly auditFile?: string;
}

/** `gateway`: links that play, as a server; `gateway verify-audit` reads its audit log. */
export function addGateway(program: Command): void {
  const command = withAccount(program.command("gateway"))
    .description("serve sealed links that play, until it is ended")
    .option("--port <number>", "the port; 0 for a free one", "8080")
    .option("--host <address>", "the address to listen on", "127.0.0.1")
    .option("--public-url <url>", "where it is reached; else where it listens")
    .option("--keys <file>", "the ring of keys, made where there is none", "media-gateway.keys")
    .option("--epochs <file>", "JSON of dates by project id, read again on SIGHUP")
    .option("--audit-file <file>", "who opened what, as lines with a chained hash")
    .addHelpText(
      "after",
      `
Keys come from MEDIA_GATEWAY_KEYS or the file; MEDIA_GATEWAY_ADMIN_TOKEN opens
POST /links; MEDIA_GATEWAY_REDIS shares what is taken back.

Example:
  media-protection gateway --public-url https://media.example.com`,
    )
    .action((chosen: GatewaySettings) =>
      runCommand(
        chosen,
        async ({ output }) => {
          const port = Number(chosen.port);
          if (!Number.isInteger(port) || port < 0 || port > 65_535) {
            throw new CommandError("--port must be a whole number from 0 to 65535.");
          }
          const { host, publicUrl, keys, epochs, auditFile } = chosen;
          const env = await openEnvironment(chosen);
          const { runGateway } = await import("@media-protection/gateway/node");
          // It hears SIGINT, SIGTERM and SIGHUP itself, and ends when what is under way is sent.
          await runGateway({
            ...{ port, host, publicUrl, env, auditFile },
            keysFile: keys,
            epochsFile: epochs,
            print: (line) => output.note(line),
          });
          return exitCodes.fine;
        },
        "Answers under way were finished.",
      ),
    );
  command
    .command("verify-audit <file>")
    .description("check that no line of an audit log was changed or left out")
    .addHelpText("after", "\nExample:\n  media-protection gateway verify-audit audit.jsonl")
    .action((file: string) =>
      runCommand({}, async ({ output }) => {
        const { verifyAuditLog } = await import("@media-protection/gateway/node");
        const verdict = await verifyAuditLog(file);
        output.say(JSON.stringify(verdict));
        return verdict.ok ? exitCodes.fine : exitCodes.findings;
      }),
    );
}
