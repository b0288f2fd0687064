import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { startMockServer } from "@media-protection/mock/server";
import { chromium } from "playwright-core";
import { findChromium } from "../helpers/packages/chromium.js";

// `npm run pictures`: what the README shows, made anew by a real browser: the dashboard in the light and
// in the dark, and the demo as a terminal has it.

/** The styles of the demo (ECMA-48, "SGR"), as a page has them. */
const styles: Readonly<Record<string, string>> = {
  "1": "font-weight: 600; color: #fff",
  "2": "color: #8b95a1",
  "32": "color: #74cf95",
  "36": "color: #7cc7e8",
};

const root = resolve(import.meta.dirname, "../../..");
const folder = join(root, "guide", "pictures");
await mkdir(folder, { recursive: true });
const browser = await chromium.launch(await findChromium());
try {
  for (const colorScheme of ["light", "dark"] as const) await dashboard(colorScheme);
  await demo();
} finally {
  await browser.close();
}

async function dashboard(colorScheme: "light" | "dark"): Promise<void> {
  // Always the same address, so that the picture is the same.
  const server = await startMockServer({ port: 4010 });
  const context = await browser.newContext({ colorScheme, viewport: { width: 1000, height: 590 } });
  try {
    const { platform } = server;
    const { projectId } = platform.credentials;
    platform.setProtection(projectId, { recordings: true });
    const page = await context.newPage();
    await page.goto(server.url);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("link", { name: "Example project" }).click();
    await page.getByRole("switch").first().waitFor();
    await page.mouse.move(0, 0);
    await page.screenshot({ path: join(folder, `dashboard-${colorScheme}.png`) });
  } finally {
    await context.close();
    await server.close();
  }
}

async function demo(): Promise<void> {
  const script = join(root, "test", "dist", "demo", "demo.js");
  const env = { ...process.env, FORCE_COLOR: "1" };
  const { stdout } = await promisify(execFile)(process.execPath, [script], { env });
  const page = await browser.newPage({ viewport: { width: 760, height: 400 } });
  await page.setContent(terminal(stdout.split("\n\n").slice(0, 3).join("\n\n")));
  await page.locator("pre").screenshot({ path: join(folder, "demo.png") });
}

function terminal(text: string): string {
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what a terminal is told by
  const html = escaped.replace(/\x1b\[(\d+)m/g, (_, code: string) =>
    styles[code] === undefined ? "</span>" : `<span style="${styles[code]}">`,
  );
  return `<body style="margin: 0"><pre style="display: inline-block; margin: 0; padding: 18px 22px; background: #15191e; color: #d5dae0; font: 14px/1.45 ui-monospace, Menlo, Consolas, monospace">$ npm run demo\n\n${html}</pre>`;
}
