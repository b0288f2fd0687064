/**
 * The suite that every runtime runs. It needs nothing but the SDK, the gateway and what the web platform gives:
 * no test framework, no Node.
 */
import { failureOf } from "./check.js";
import { gatewayCases } from "./gateway-cases.js";
import { callbackCases, downloadCases, redirectCases } from "./media-cases.js";
import { listCases, toggleCases } from "./metadata-cases.js";
import { errorCases, trustCases } from "./refusal-cases.js";
import type { CaseResult, Group, World } from "./world.js";
import type { Case } from "./world-client.js";

/** Runs every case, one after the other, since they share the project's switches. */
export async function runSuite(world: World): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const [group, cases] of Object.entries(suite(world))) {
    for (const [name, run] of Object.entries(cases)) {
      const failure = await failureOf(run);
      // The keys of suite() are the groups, which its type says.
      const result = { group: group as Group, name };
      results.push(failure === undefined ? result : { ...result, failure });
    }
  }
  return results;
}

function suite(world: World): Record<Group, Record<string, Case>> {
  return {
    toggle: toggleCases(world),
    list: listCases(world),
    download: downloadCases(world),
    redirect: redirectCases(world),
    errors: errorCases(world),
    trust: trustCases(world),
    callbacks: callbackCases(world),
    gateway: gatewayCases(world),
  };
}
