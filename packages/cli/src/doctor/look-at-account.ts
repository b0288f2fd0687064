/**
 * What is wrong with the set-up: credentials, scopes, the clock.
 */

import type { Client } from "@media-protection/sdk";
import { failureLine } from "../terminal/failure.js";
import { ask } from "./ask.js";
import { type Finding, found, unknown } from "./finding.js";

/** How far a clock may be off, in ms. */
const skew = 60_000;

/** Looks at the environment: what would send requests elsewhere. */
export function lookAtEnvironment(env: NodeJS.ProcessEnv): Finding[] {
  const proxies = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"].filter(
    (name) => (env[name] ?? env[name.toLowerCase()] ?? "") !== "",
  );
  const tls = env["NODE_TLS_REJECT_UNAUTHORIZED"] === "0";
  return [
    proxies.length === 0
      ? { mark: "✓", what: "proxy", advice: "None is set." }
      : {
          mark: "?",
          what: "proxy",
          advice: `${proxies.join(", ")} is set; Node heeds it with NODE_USE_ENV_PROXY=1 only.`,
        },
    tls
      ? {
          mark: "✗",
          what: "TLS",
          advice: "NODE_TLS_REJECT_UNAUTHORIZED=0: anybody in between reads the token. Unset it.",
        }
      : { mark: "✓", what: "TLS", advice: "Certificates are checked." },
  ];
}

/** Looks whether the space answers, and at its clock. */
export async function lookAtSpace(origin: string, signal: AbortSignal): Promise<Finding[]> {
  const answer = await ask(`${origin}/api/projects`, {}, signal);
  if (answer === undefined) {
    return [
      {
        mark: "✗",
        what: "space",
        advice: `${origin} does not answer. Check its name and the network.`,
      },
    ];
  }
  const date = Date.parse(answer.headers.get("date") ?? "");
  const off = Math.abs(Date.now() - date);
  return [
    { mark: "✓", what: "space", advice: `${origin} answers.` },
    Number.isNaN(date)
      ? unknown("clock", "The answer has no Date.")
      : off <= skew
        ? { mark: "✓", what: "clock", advice: "As the platform's." }
        : {
            mark: "✗",
            what: "clock",
            advice: `${Math.round(off / 1000)} s off the platform's: links and windows of time will be wrong.`,
          },
  ];
}

/** Looks what the token opens. A scope that is missing also tells with which status that is said. */
export async function lookAtScopes(client: Client, signal: AbortSignal): Promise<Finding[]> {
  const one = { limit: 1 };
  const tries = {
    management: () => client.projects.list({ signal }).toArray(one),
    calling: () => client.recordings.list({ signal, source: "compatibility" }).toArray(one),
    messaging: () => client.messages.list({ signal }).toArray(one),
    fax: () => client.faxes.list({ signal }).toArray(one),
  };
  const findings: Finding[] = [];
  const denials = new Set<number>();
  let opened = 0;
  for (const [scope, act] of Object.entries(tries)) {
    try {
      await act();
      opened++;
      findings.push({ mark: "✓", what: `scope ${scope}`, advice: "The token has it." });
    } catch (error) {
      signal.throwIfAborted();
      const status = error instanceof Error && "status" in error ? error.status : undefined;
      if (status === 401 || status === 403) denials.add(status);
      findings.push({ mark: "✗", what: `scope ${scope}`, advice: failureLine(error) });
    }
  }
  const [status] = denials;
  // Where nothing opens, it is the token that is wrong, not a scope that is missing.
  if (opened > 0 && denials.size === 1 && status !== undefined) {
    findings.push(found("missingScopeStatus", status, "So a scope that is missing is told."));
  } else {
    findings.push(unknown("missingScopeStatus", "Try again with a token that lacks a scope."));
  }
  return findings;
}
