import { existsSync } from "node:fs";
import packed from "@sparticuz/chromium";

/** What a launcher needs to start a real Chromium here. */
export interface Chromium {
  readonly executablePath: string;
  readonly args: string[];
}

const installed = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/**
 * An installed Chrome or Chromium (`CHROMIUM_PATH` first), else the one inside the npm package
 * `@sparticuz/chromium`, so that the tests need nothing but npm on Linux x64.
 */
export async function findChromium(): Promise<Chromium> {
  const args = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"];
  const wanted = process.env["CHROMIUM_PATH"];
  const executablePath = wanted ?? installed.find((path) => existsSync(path));
  if (executablePath !== undefined) return { executablePath, args };
  return { executablePath: await packed.executablePath(), args };
}
