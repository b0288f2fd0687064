import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium, type Page } from "playwright-core";
import { build } from "vite";
import { startOrigin } from "../origins/origin.js";
import { findChromium } from "../packages/chromium.js";
import { toJavaScript, type Workbench } from "./readme.js";

/**
 * Bundles a snippet as a page's author would, and opens a page in Chromium that has what the snippet
 * exports as `globalThis.snippet`.
 */
export async function openPage(
  code: string,
  { folder }: Workbench,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  await mkdir(join(folder, "page"));
  const entry = join(folder, "page", "entry.js");
  await writeFile(join(folder, "page", "snippet.js"), toJavaScript(code));
  await writeFile(
    entry,
    'import * as snippet from "./snippet.js";\nglobalThis.snippet = snippet;\n',
  );
  const result = await build({
    configFile: false,
    root: folder,
    logLevel: "error",
    build: {
      write: false,
      target: "es2022",
      modulePreload: false,
      rolldownOptions: { input: { entry }, output: { entryFileNames: "[name].js" } },
    },
  });
  if (!("output" in result)) throw new TypeError("Vite built something else than one bundle.");
  const files = new Map(
    result.output.map((file) => [`/${file.fileName}`, "code" in file ? file.code : ""]),
  );
  files.set("/", '<!doctype html><script type="module" src="/entry.js"></script>');
  await using origin = await startOrigin(({ url = "" }, response) => {
    const text = files.get(url);
    if (text === undefined) return void response.writeHead(404).end();
    response.setHeader("content-type", url === "/" ? "text/html" : "text/javascript");
    response.end(text);
  });
  const browser = await chromium.launch(await findChromium());
  try {
    const page = await browser.newPage();
    await page.goto(origin.origin);
    await page.waitForFunction(() => "snippet" in globalThis);
    await use(page);
  } finally {
    await browser.close();
  }
}
