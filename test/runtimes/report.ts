import { runSuite } from "./suite.js";
import type { RuntimeReport, World } from "./world.js";

/** Asks the runner for the world, runs the suite in it, and reports back. */
export async function reportTo(runner: string): Promise<void> {
  const world: World = await (await fetch(`${runner}/world`)).json();
  const report: RuntimeReport = { runtime: whoAmI(), results: await runSuite(world) };
  await fetch(`${runner}/report`, { method: "POST", body: JSON.stringify(report) });
}

/** The runtime as it names itself, so that the table can not show one that did not run. */
function whoAmI(): string {
  // The globals of runtimes that this file is not compiled for; each may be missing.
  const { Bun, Deno, process, navigator } = globalThis as {
    readonly Bun?: { readonly version: string };
    readonly Deno?: { readonly version: { readonly deno: string } };
    readonly process?: { readonly versions?: { readonly node?: string } };
    readonly navigator?: { readonly userAgent?: string };
  };
  if (Bun) return `Bun ${Bun.version}`;
  if (Deno) return `Deno ${Deno.version.deno}`;
  // Before Node, which workerd imitates.
  if (navigator?.userAgent === "Cloudflare-Workers") return "workerd";
  const chromium = /Chrome\/([\d.]+)/.exec(navigator?.userAgent ?? "")?.[1];
  if (chromium !== undefined) return `Chromium ${chromium}`;
  return `Node ${process?.versions?.node}`;
}
