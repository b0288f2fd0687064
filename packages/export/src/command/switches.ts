import type { Client, Fetch } from "@media-protection/sdk";
import { type Command, Option } from "commander";
import { readCount, readProjects, readRate } from "./values.js";

/** Whose credentials: what another program's commands have for that. */
export interface CommandAccount {
  /** Adds the program's own switches for it. */
  addOptions(command: Command): Command;
  /**
   * The client.
   *
   * @param settings all switches of the command
   * @param options to be given to `createClient`
   */
  open(
    settings: object,
    options: { readonly fetch: Fetch; readonly projects: "tree" },
  ): Promise<Client>;
}

/** Where an export goes, as switches say it. */
export interface PlaceSwitches {
  readonly to?: string;
  readonly endpoint?: string;
  readonly region?: string;
  readonly encryption?: "AES256" | "aws:kms";
  readonly encryptionKey?: string;
  readonly storageClass?: string;
}

/** Whose media, and how they are asked for. */
export interface ClientSwitches {
  readonly projects?: readonly string[];
  /** As the other commands call it. */
  readonly project?: readonly string[];
  readonly all?: true;
  readonly rate?: number;
  /** Whose they are; put there by the command. */
  readonly account: CommandAccount;
}

/** Adds the switches of a target. */
export function withPlace(command: Command): Command {
  // Not mandatory to commander, which would then want it of the command above a subcommand, too.
  return command
    .option("--to <place>", "a folder, or s3://bucket/prefix; needed")
    .option("--endpoint <url>", "another S3-compatible store than Amazon's")
    .option("--region <name>", "the bucket's region")
    .option("--encryption <how>", "server-side encryption: AES256 or aws:kms")
    .option("--encryption-key <id>", "the key for aws:kms")
    .option("--storage-class <name>", "the storage class of media");
}

/** Adds the switches of a client. */
export function withClient(command: Command, account: CommandAccount): Command {
  return withRate(
    withProjects(account.addOptions(command)).option(
      "--all",
      "the whole tree: the project and all its subprojects",
    ),
  );
}

/** Adds the switch of projects; the other commands' name of it is taken, too. */
export function withProjects(command: Command): Command {
  return command
    .option(
      "--projects <ids>",
      "these projects, with commas; else the credentials' own alone",
      readProjects,
    )
    .addOption(
      new Option("--project <ids...>")
        .argParser((text: string, before: readonly string[] = []) => [
          ...before,
          ...readProjects(text),
        ])
        .hideHelp(),
    );
}

/** Adds the switch of the limit of requests. */
export function withRate(command: Command): Command {
  return command.option("--rate <number>", "requests a second for each project, at most", readRate);
}

/** Adds the switches of what moves media. */
export function withMoving(command: Command): Command {
  return command
    .option("--concurrency <number>", "media moved at a time", readCount(1, 256), 8)
    .option(
      "--page <port>",
      "serve a live page and /metrics on this port of 127.0.0.1",
      readCount(0, 65_535),
    )
    .option("--json", "progress and result as JSON lines");
}
