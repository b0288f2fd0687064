import type { Client } from "@media-protection/sdk";
import { gatedFetch } from "../gate/gated-fetch.js";
import { createGate, type RequestGate } from "../gate/request-gate.js";
import { ownProject } from "../plan/list-media.js";
import { readJob } from "../run/job.js";
import { folderTarget } from "../targets/folder-target.js";
import type { Target } from "../targets/target.js";
import { timeText } from "../view/words.js";
import type { ClientSwitches, PlaceSwitches } from "./switches.js";

/** The target that the switches say. A bucket's library is loaded only for a bucket. */
export async function openPlace(switches: PlaceSwitches): Promise<Target> {
  const { to, endpoint, region, encryption, encryptionKey, storageClass } = switches;
  if (to === undefined) throw new Error("--to is missing: a folder, or s3://bucket/prefix.");
  if (!to.startsWith("s3://")) {
    // A drive of Windows has one letter.
    if (/^[a-z][a-z0-9+.-]+:/i.test(to)) {
      throw new Error(
        `--to ${to}: a folder, or s3://bucket/prefix. A folder of that name is ./${to}.`,
      );
    }
    return folderTarget(to);
  }
  const { bucketTarget } = await import("../targets/bucket-target.js");
  return bucketTarget(to, { endpoint, region, encryption, encryptionKey, storageClass });
}

/** The same, of something that was exported: a mistyped place is an error, and not an empty export. */
export async function openBegun(switches: PlaceSwitches): Promise<Target> {
  const target = await openPlace(switches);
  try {
    if ((await readJob(target.documents)) !== undefined) return target;
    throw new Error(`There is no manifest in ${target.name}: nothing was exported to it.`);
  } catch (error) {
    await target.close();
    throw error;
  }
}

/** A client, the gate that its requests pass, and its own project. */
export async function openClient(
  switches: ClientSwitches,
  shared?: RequestGate | undefined,
): Promise<{ readonly client: Client; readonly gate: RequestGate; readonly own: string }> {
  const { rate, account } = switches;
  const gate = saysPauses(shared ?? createGate({ requestsPerSecond: rate ?? Infinity }));
  let own = "";
  const fetch = gatedFetch(gate, { projectId: () => own });
  // What the credentials open, a command may name: each names its projects itself.
  const client = await account.open(switches, { fetch, projects: "tree" });
  own = await ownProject(client);
  return { client, gate, own };
}

/** How long a pause is, in milliseconds, that somebody who looks on would take for a hang. */
const longPause = 2000;

/** A gate that says when the platform asks to wait, once for each pause. */
function saysPauses(gate: RequestGate): RequestGate {
  let until = 0;
  return {
    pass: gate.pass.bind(gate),
    async pause(projectId, milliseconds) {
      const ends = performance.now() + milliseconds;
      if (milliseconds >= longPause && ends > until + longPause) {
        process.stderr.write(`The platform asks to wait ${timeText(milliseconds / 1000)}.\n`);
        until = ends;
      }
      await gate.pause(projectId, milliseconds);
    },
  };
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
