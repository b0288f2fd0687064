/**
 * Whose media a command is about: options that every command has, and the client made of them.
 */

import { readFile } from "node:fs/promises";
import { parseEnv } from "node:util";
import type { Client, ClientOptions } from "@media-protection/sdk";
import { type Command, Option } from "commander";
import { CommandError } from "../terminal/failure.js";
import type { OutputSettings } from "../terminal/output.js";

/** What the command line says of the account. A token is never among it: others see a command line. */
export interface AccountSettings extends OutputSettings {
  readonly space?: string;
  readonly envFile?: string;
  readonly tokenFile?: string;
  readonly mediaOrigin?: readonly string[];
  readonly mediaAuth?: "basic" | "bearer";
}

/** Collects the values of an option that may be repeated. */
export const collect = (value: string, before: readonly string[] = []) => [...before, value];

/** Adds the options that every command has. */
export function withAccount(command: Command): Command {
  return withOutput(withCredentials(command));
}

/** Adds those of the credentials alone. */
export function withCredentials(command: Command): Command {
  return command
    .option("--space <name|url>", "the space; else SIGNALWIRE_SPACE")
    .option("--env-file <file>", "a file of SIGNALWIRE_… variables; the environment goes before it")
    .option("--token-file <file>", "a file that holds the API token and nothing else")
    .option(
      "--media-origin <url>",
      "a files host besides the platform's, such as a mock's",
      collect,
    )
    .addOption(
      new Option(
        "--media-auth <scheme>",
        "how the files host takes the token (doctor tells)",
      ).choices(["basic", "bearer"]),
    );
}

/** Adds the options of speaking. */
export function withOutput(command: Command): Command {
  return command
    .option("--json", "results as JSON, one object a line")
    .option("--quiet", "no notes of what goes on");
}

/** The environment, and beneath it the file that was named. */
export async function readEnvironment(
  envFile: string | undefined,
): Promise<Readonly<Record<string, string | undefined>>> {
  if (envFile === undefined) return process.env;
  return { ...parseEnv(await readText(envFile, "--env-file")), ...process.env };
}

/**
 * The client of a command.
 *
 * @throws OptionError for a space, a project id or a token that is missing or malformed
 * @throws CommandError for a file that cannot be read
 */
export async function openClient(
  settings: AccountSettings,
  options: Partial<ClientOptions> = {},
): Promise<Client> {
  const { space, envFile, tokenFile, mediaOrigin, mediaAuth } = settings;
  const env = await readEnvironment(envFile);
  const token = tokenFile === undefined ? undefined : await readText(tokenFile, "--token-file");
  const { clientFromEnv } = await import("@media-protection/sdk/node");
  return clientFromEnv(
    {
      // What the credentials open, a command may name: each names its projects itself.
      projects: "tree",
      ...(space !== undefined && { space }),
      ...(token !== undefined && { apiToken: token.trim() }),
      ...(mediaOrigin !== undefined && { mediaOrigins: mediaOrigin }),
      ...(mediaAuth !== undefined && { mediaAuth }),
      ...options,
    },
    env,
  );
}

/** What the doctor asks with, where the client itself would see less. */
export async function readCredentials(
  client: Client,
  { envFile, tokenFile, mediaOrigin }: AccountSettings,
): Promise<{
  readonly credentials: { readonly projectId: string; readonly apiToken: string };
  readonly filesOrigins: readonly string[];
  /** As the client has it: where alone the credentials may go. */
  readonly spaceOrigin: string;
}> {
  const env = await readEnvironment(envFile);
  const token = tokenFile === undefined ? undefined : await readText(tokenFile, "--token-file");
  const { id: projectId } = await client.projects.get().catch(() => ({
    id: env["SIGNALWIRE_PROJECT_ID"] ?? "",
  }));
  const { url } = await client.media.resolve({ kind: "recording", recordingId: projectId });
  const named = mediaOrigin ?? env["SIGNALWIRE_MEDIA_ORIGINS"]?.split(",");
  return {
    credentials: {
      projectId,
      apiToken: (token ?? env["SIGNALWIRE_API_TOKEN"] ?? env["SIGNALWIRE_TOKEN"] ?? "").trim(),
    },
    filesOrigins: (named ?? ["https://files.signalwire.com"]).map((origin) => origin.trim()),
    spaceOrigin: new URL(String(url)).origin,
  };
}

async function readText(file: string, option: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
    throw new CommandError(`${option}: ${file} cannot be read${code}.`);
  }
}
