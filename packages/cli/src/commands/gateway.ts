import { type Command, Option } from "commander";
import {
  type AccountSettings,
  collect,
  openClient,
  readCredentials,
  readEnvironment,
  withAccount,
} from "../account/account-options.js";
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
  readonly proxies: string;
  readonly accel?: "nginx";
}

interface NginxSettings extends AccountSettings {
  readonly gateway: string;
  readonly authorizationFile: string;
  readonly listen: string;
  readonly storageHost?: readonly string[];
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
    .option("--proxies <number>", "how many proxies of your own stand before it", "0")
    .addOption(
      new Option("--accel <server>", "who moves the bytes, by the blocks of gateway nginx").choices(
        ["nginx"],
      ),
    )
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
          const proxies = Number(chosen.proxies);
          if (!Number.isInteger(proxies) || proxies < 0 || proxies > 9) {
            throw new CommandError("--proxies must be a whole number from 0 to 9.");
          }
          const { host, publicUrl, keys, epochs, auditFile, accel } = chosen;
          const env = await readEnvironment(chosen.envFile);
          const accelOrigins = accel === undefined ? undefined : await originsOf(chosen);
          const { runGateway } = await import("@media-protection/gateway/node");
          const client = await openClient(chosen);
          // It hears SIGINT, SIGTERM and SIGHUP itself, and ends when what is under way is sent.
          await runGateway({
            ...{ client, port, host, publicUrl, env, auditFile, accelOrigins },
            proxies: accel === undefined ? proxies : Math.max(1, proxies),
            keysFile: keys,
            epochsFile: epochs,
            print: (line) => output.note(line),
          });
          return exitCodes.fine;
        },
        "Answers under way were finished.",
      ),
    );
  withAccount(command.command("nginx"))
    .description("print nginx's blocks, by which it moves the bytes and Node decides")
    .requiredOption(
      "--authorization-file <file>",
      "written with 0600: what nginx sets on the hop to the platform",
    )
    .option("--gateway <address>", "where the gateway listens", "127.0.0.1:8080")
    .option("--listen <address>", "where nginx listens", "127.0.0.1:8081")
    .option("--storage-host <host>", "a host of storage that the platform redirects to", collect)
    .addHelpText(
      "after",
      "\nExample:\n  media-protection gateway nginx \\\n    --authorization-file /etc/nginx/media-authorization.conf > media.conf",
    )
    .action((chosen: NginxSettings) =>
      runCommand(chosen, async ({ output }) => {
        const { nginxAuthorization, nginxConfig } = await import("@media-protection/gateway/node");
        const { resolve } = await import("node:path");
        const { writeFile } = await import("node:fs/promises");
        const { listen, storageHost: storageHosts } = chosen;
        const authorizationFile = resolve(chosen.authorizationFile);
        const client = await openClient(chosen);
        const { credentials } = await readCredentials(client, chosen);
        const text = nginxConfig({
          ...{ gateway: chosen.gateway, authorizationFile, listen, storageHosts },
          origins: await originsOf(chosen),
        });
        // Never over another one: its mode would stay, and it may be nginx's already.
        const written = nginxAuthorization(credentials.projectId, credentials.apiToken);
        await writeFile(authorizationFile, written, { mode: 0o600, flag: "wx" }).catch(
          (error: NodeJS.ErrnoException) => {
            throw new CommandError(
              `--authorization-file: ${authorizationFile} cannot be written (${error.code}); remove it first, if it is there.`,
            );
          },
        );
        output.say(text);
        output.note(`Written: ${authorizationFile}. Start the gateway with --accel nginx.`);
        return exitCodes.fine;
      }),
    );
  command
    .command("verify-audit <file>")
    .description("check that no line of an audit log was changed or left out")
    .option("--last <hash>", "lastHash of an earlier check: tells a log whose end was cut off")
    .addHelpText("after", "\nExample:\n  media-protection gateway verify-audit audit.jsonl")
    .action((file: string, { last }: { readonly last?: string }) =>
      runCommand({}, async ({ output }) => {
        if (last !== undefined && !/^[0-9a-f]{64}$/.test(last)) {
          throw new CommandError("--last must be a lastHash that verify-audit has printed.");
        }
        const { verifyAuditLog } = await import("@media-protection/gateway/node");
        const verdict = await verifyAuditLog(file, last);
        output.say(JSON.stringify(verdict));
        return verdict.ok ? exitCodes.fine : exitCodes.findings;
      }),
    );
}

/**
 * Where the platform's bytes are that nginx can ask for: the space, and its files hosts. One that takes no
 * Basic credentials, which nginx sets everywhere, stays Node's.
 */
async function originsOf(chosen: AccountSettings): Promise<readonly string[]> {
  const { spaceOrigin, filesOrigins } = await readCredentials(await openClient(chosen), chosen);
  return chosen.mediaAuth === "bearer" ? [spaceOrigin] : [spaceOrigin, ...filesOrigins];
}
