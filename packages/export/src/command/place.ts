import type { Client } from "@media-protection/sdk";
import { gatedFetch } from "../gate/gated-fetch.js";
import { createGate, type RequestGate } from "../gate/request-gate.js";
import { ownProject } from "../plan/list-media.js";
import { folderTarget } from "../targets/folder-target.js";
import type { Target } from "../targets/target.js";
import type { ClientSwitches, PlaceSwitches } from "./switches.js";

/** The target that the switches say. A bucket's library is loaded only for a bucket. */
export async function openPlace(switches: PlaceSwitches): Promise<Target> {
  const { to, endpoint, region, encryption, encryptionKey, storageClass } = switches;
  if (to === undefined) throw new Error("--to is missing: a folder, or s3://bucket/prefix.");
  if (!to.startsWith("s3://")) return folderTarget(to);
  const { bucketTarget } = await import("../targets/bucket-target.js");
  return bucketTarget(to, { endpoint, region, encryption, encryptionKey, storageClass });
}

/** A client, the gate that its requests pass, and its own project. */
export async function openClient(
  switches: ClientSwitches,
  shared?: RequestGate | undefined,
): Promise<{ readonly client: Client; readonly gate: RequestGate; readonly own: string }> {
  const { rate, account } = switches;
  const gate = shared ?? createGate({ requestsPerSecond: rate ?? Infinity });
  let own = "";
  const fetch = gatedFetch(gate, { projectId: () => own });
  // What the credentials open, a command may name: each names its projects itself.
  const client = await account.open(switches, { fetch, projects: "tree" });
  own = await ownProject(client);
  return { client, gate, own };
}

/** Which projects the switches mean. */
export function projectsOf({
  projects = [],
  project = [],
  all,
}: ClientSwitches): "own" | "tree" | readonly string[] {
  const named = [...projects, ...project];
  if (all && named.length > 0) throw new Error("--all and --projects: one of them, not both.");
  return all ? "tree" : named.length > 0 ? named : "own";
}
