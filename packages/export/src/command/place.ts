import type { Client } from "@media-protection/sdk";
import { clientFromEnv } from "@media-protection/sdk/node";
import type { Command } from "commander";
import { gatedFetch } from "../gate/gated-fetch.js";
import { createGate, type RequestGate } from "../gate/request-gate.js";
import { folderTarget } from "../targets/folder-target.js";
import type { Target } from "../targets/target.js";
import { readCount, readProjects, readRate } from "./values.js";

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
  readonly all?: true;
  readonly rate?: number;
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
export function withClient(command: Command): Command {
  return command
    .option("--projects <ids>", "these projects, instead of the credentials' own", readProjects)
    .option("--all", "the project and all its subprojects")
    .option("--rate <number>", "requests a second for each project, at most", readRate);
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

/** The target that the switches say. A bucket's library is loaded only for a bucket. */
export async function openPlace(switches: PlaceSwitches): Promise<Target> {
  const { to, endpoint, region, encryption, encryptionKey, storageClass } = switches;
  if (to === undefined) throw new Error("--to is missing: a folder, or s3://bucket/prefix.");
  if (!to.startsWith("s3://")) return folderTarget(to);
  const { bucketTarget } = await import("../targets/bucket-target.js");
  return bucketTarget(to, { endpoint, region, encryption, encryptionKey, storageClass });
}

/** A client of the environment's credentials, and the gate that its requests pass. */
export function openClient(
  { projects, all, rate }: ClientSwitches,
  shared?: RequestGate | undefined,
): { readonly client: Client; readonly gate: RequestGate } {
  const gate = shared ?? createGate({ requestsPerSecond: rate ?? Infinity });
  const projectId = process.env["SIGNALWIRE_PROJECT_ID"] ?? "";
  const client = clientFromEnv({
    fetch: gatedFetch(gate, { projectId }),
    ...(all ? { projects: "tree" as const } : projects && { projects }),
  });
  return { client, gate };
}

/** Which projects the switches mean. */
export function projectsOf({ projects, all }: ClientSwitches): "own" | "tree" | readonly string[] {
  return all ? "tree" : (projects ?? "own");
}
