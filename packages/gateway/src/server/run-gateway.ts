import { readFile } from "node:fs/promises";
import { type Client, OptionError } from "@media-protection/sdk";
import { clientFromEnv } from "@media-protection/sdk/node";
import type { GatewaySettings } from "../gateway/options.js";
import { readKeyRing } from "../links/key-ring.js";
import { redisState } from "../state/redis-state.js";
import { keyFile } from "./key-file.js";
import { openLog } from "./log.js";
import { type StartGatewayOptions, startGateway } from "./start-gateway.js";
import { tryCredentials } from "./try-credentials.js";

/** Options of `runGateway`: what the command line says. */
export interface RunGatewayOptions
  extends Pick<
    StartGatewayOptions,
    "port" | "host" | "publicUrl" | "proxies" | "auditFile" | "embed" | "logger" | "drain"
  > {
  /** The client. @default `clientFromEnv({}, env)` */
  readonly client?: Client | undefined;
  /** Where settings come from. @default process.env */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** The file of the ring, where `MEDIA_GATEWAY_KEYS` is not set. @default "media-gateway.keys" */
  readonly keysFile?: string | undefined;
  /** A JSON file of epochs, `{"<project id>": "<date>"}`, read again on SIGHUP. @default none */
  readonly epochsFile?: string | undefined;
  /** Origins that nginx has internal locations for: it moves the bytes. @default Node does */
  readonly accelOrigins?: readonly string[] | undefined;
  /** Called with each line for whoever started it. @default standard output */
  readonly print?: ((line: string) => void) | undefined;
}

/**
 * Runs a gateway until SIGTERM or SIGINT, upon which answers under way are ended well. The client comes
 * from the environment as `clientFromEnv` reads it; keys from `MEDIA_GATEWAY_KEYS`, else a file, which is
 * made (0600) where there is none. Credentials that open nothing are an error in the log at once; `MEDIA_GATEWAY_ADMIN_TOKEN` opens `POST /links`, `MEDIA_GATEWAY_REDIS`
 * shares what is taken back. SIGHUP reads keys and epochs again, and keeps the old ones if they are wrong.
 *
 * @returns when it has ended
 * @throws OptionError for what is missing or malformed
 */
export async function runGateway(options: RunGatewayOptions = {}): Promise<void> {
  const { env = process.env, keysFile = "media-gateway.keys", epochsFile, accelOrigins } = options;
  const print = options.print ?? ((line) => void process.stdout.write(`${line}\n`));
  const settings = async (): Promise<GatewaySettings> => ({
    keys: await keysFrom(env["MEDIA_GATEWAY_KEYS"], keysFile, print),
    epochs: epochsFile === undefined ? {} : await readEpochs(epochsFile),
  });
  const redis = env["MEDIA_GATEWAY_REDIS"];
  const client = options.client ?? clientFromEnv({}, env);
  const logger = options.logger ?? openLog();
  const first = await settings();
  const state = redis === undefined ? undefined : await redisState(redis);
  try {
    await using running = await startGateway({
      ...options,
      ...first,
      client,
      logger,
      state,
      adminToken: env["MEDIA_GATEWAY_ADMIN_TOKEN"],
      accel: accelOrigins && { origins: accelOrigins },
    });
    const reload = () => {
      settings().then(
        (fresh) => {
          running.gateway.reload(fresh);
          print("Keys and epochs were read again.");
        },
        (error: Error) => print(`Keys and epochs stay as they were: ${error.message}`),
      );
    };
    process.on("SIGHUP", reload);
    print(`Listening on ${running.url}`);
    const ending = new AbortController();
    void tryCredentials(client, logger, ending.signal);
    await new Promise<void>((resolve) => {
      process.once("SIGTERM", resolve);
      process.once("SIGINT", resolve);
    });
    ending.abort();
    process.off("SIGHUP", reload);
    print("Ending: answers under way are finished first.");
  } finally {
    await state?.close();
  }
}

async function keysFrom(given: string | undefined, path: string, print: (line: string) => void) {
  if (given !== undefined) return readKeyRing(given);
  const { ring, isNew } = await keyFile(path);
  if (isNew) print(`No keys were given: a new one is in ${path}. Every replica needs the same.`);
  return ring;
}

async function readEpochs(path: string): Promise<Record<string, Date>> {
  const read: unknown = JSON.parse(await readFile(path, "utf8"));
  if (typeof read !== "object" || read === null) throw new OptionError("epochs", "a JSON object");
  return Object.fromEntries(
    Object.entries(read).map(([projectId, date]) => {
      const epoch = new Date(String(date));
      if (Number.isNaN(epoch.getTime())) throw new OptionError("epochs", "dates by project id");
      return [projectId, epoch];
    }),
  );
}
