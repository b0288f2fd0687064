import { spawn } from "node:child_process";
import { once } from "node:events";
import type { ProtectionSetting } from "@media-protection/sdk";
import type { Output } from "../terminal/output.js";
import type { Plan } from "./plan.js";
import { onOff } from "./switches.js";

/** A switch that is not as desired. */
export interface Finding {
  /** When it was seen, in ISO 8601. */
  readonly time: string;
  readonly projectId: string;
  readonly name: string;
  readonly setting: ProtectionSetting;
  readonly is: boolean;
  readonly desired: boolean;
}

/** What a plan would turn, as findings; `key` tells one from another. */
export function findings(
  plan: Plan,
): readonly { readonly key: string; readonly line: string; readonly finding: Finding }[] {
  return plan.projects.flatMap(({ projectId, name, changes }) =>
    changes.map(({ setting, before, after }) => ({
      key: `${projectId} ${setting} ${before}`,
      line: `${name}: ${setting} is ${onOff(before)}, desired is ${onOff(after)}`,
      finding: { time: plan.createdAt, projectId, name, setting, is: before, desired: after },
    })),
  );
}

/** Runs a command of the user's in a shell, with a finding on its stdin; its failure is said and no more. */
export async function hand(command: string, finding: Finding, output: Output): Promise<void> {
  // What it is given is a finding: the token is this program's own.
  const { SIGNALWIRE_API_TOKEN: _, SIGNALWIRE_TOKEN: __, ...env } = process.env;
  const child = spawn(command, { shell: true, stdio: ["pipe", "inherit", "inherit"], env });
  // A command that does not read is none of our failures.
  child.stdin.on("error", () => {});
  child.stdin.end(`${JSON.stringify(finding)}\n`);
  const [code] = await once(child, "close");
  if (code !== 0) output.warn(`--exec ended with ${code}.`);
}
