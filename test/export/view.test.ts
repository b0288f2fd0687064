import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { stripVTControlCharacters } from "node:util";
import type { ExportProgress } from "@media-protection/export";
import { createMetrics } from "@media-protection/export/metrics";
import { Rates, secondsLeft, showProgress, startProgressPage } from "@media-protection/export/view";
import { chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { findChromium } from "../helpers/packages/chromium.js";

const key =
  "recording/5eed0000-0000-4000-8000-000000000001/2026/01/05/7c0e4f8a-1b2c-4d3e-8f90-a1b2c3d4e5f6.wav";

function at(seconds: number, more: Partial<ExportProgress> = {}): ExportProgress {
  return {
    ...{
      shardsDone: seconds,
      shardsPlanned: 120,
      isListed: true,
      isPaused: false,
      listed: 24_000,
      known: 0,
    },
    ...{ saved: seconds * 100, kept: 0, gone: 0, failed: 0, bytes: seconds * 2 ** 20 },
    ...{ milliseconds: seconds * 1000, reasons: {}, running: [] },
    ...more,
  };
}

describe("rates", () => {
  test("are what a second brought, and from them the time left", () => {
    const rates = new Rates();
    for (let second = 0; second <= 20; second++) rates.note(at(second));
    expect(rates.samples()).toHaveLength(20);
    expect(rates.now()).toEqual({ bytes: 2 ** 20, media: 100 });
    expect(secondsLeft(at(20), rates.now())).toBe(220);
    expect(secondsLeft(at(20, { isListed: false }), rates.now())).toBe(undefined);
  });

  test("keep two minutes, whatever time it takes", () => {
    const rates = new Rates();
    for (let second = 0; second <= 500; second++) rates.note(at(second));
    expect(rates.samples()).toHaveLength(120);
  });
});

describe("progress", () => {
  function shown(format: "view" | "lines" | "json", columns = 60) {
    const written: string[] = [];
    const stream = {
      write: (text: string) => written.push(text),
      isTTY: format === "view",
      columns,
    };
    return { progress: showProgress(stream, { format, interval: 1000 }), written };
  }

  test("on a terminal is drawn over, and no line is wider than it", () => {
    const { progress, written } = shown("view");
    const running = [{ key, loaded: 2 ** 20, total: 2 ** 21 }];
    progress.update(at(1, { running, failed: 2, reasons: { forbidden: 2 } }));
    progress.update(at(2));
    const [first = "", second = ""] = written;
    expect(first).toContain("1 of 120");
    expect(first).toContain("2 forbidden");
    // The end of the key, where its id is.
    expect(first).toMatch(/ {2}1\.0 MB of 2\.1 MB {2}….*-a1b2c3d4e5f6\.wav/);
    expect(second.startsWith("\u001b[5A")).toBe(true);
    const visible = (text: string) => stripVTControlCharacters(text).split("\n");
    expect(visible(first + second).every((line) => [...line].length <= 60)).toBe(true);
  });

  test("shows nothing that a terminal would act on", () => {
    const { progress, written } = shown("view");
    progress.update(
      at(1, { running: [{ key: "a\u001b[2Jb\u202e", loaded: 1, total: undefined }] }),
    );
    expect(written.join("")).toContain("a?[2Jb?");
  });

  test("elsewhere is a line now and then; as JSON an object a line; and the last word comes", () => {
    const { progress, written } = shown("lines");
    for (let tenth = 0; tenth < 15; tenth++) progress.update(at(tenth / 10));
    progress.end();
    expect(written.map((line) => line.split(",")[0])).toHaveLength(3);
    const json = shown("json");
    json.progress.update(at(1));
    expect(JSON.parse(json.written[0] ?? "")).toMatchObject({ saved: 100, mediaPerSecond: 100 });
  });
});

test("metrics have counts by outcome and reason, and no ids", async () => {
  const { update, registry } = createMetrics();
  update(at(3, { failed: 1, reasons: { forbidden: 1 }, running: [{ key, loaded: 1, total: 2 }] }));
  const text = await registry.metrics();
  expect(text).toContain('media_export_media{outcome="saved"} 300');
  expect(text).toContain('media_export_lost_media{reason="forbidden"} 1');
  expect(text).toContain("media_export_running_media 1");
  expect(text).not.toContain("7c0e4f8a");
});

describe("the live page", () => {
  let browser: Awaited<ReturnType<typeof chromium.launch>>;
  beforeAll(async () => {
    browser = await chromium.launch(await findChromium());
  });
  afterAll(() => browser.close());

  const cases = [360, 1200].flatMap((width) =>
    (["light", "dark"] as const).map((colorScheme) => ({ width, colorScheme })),
  );

  test.each(cases)(
    "at $width px, $colorScheme: has the figures, and axe finds nothing",
    async ({ width, colorScheme }) => {
      const page = await startProgressPage({ port: 0 });
      onTestFinished(() => page.close());
      for (let second = 0; second <= 90; second++) {
        const wave = Math.round(1000 * Math.sin(second / 9));
        page.update(
          at(second, { saved: second * 100 + wave, bytes: second * 2 ** 20 + wave * 4000 }),
        );
      }
      const running = [1, 2, 3].map((part) => ({ key, loaded: part * 2 ** 18, total: 2 ** 20 }));
      page.update(
        at(91, { running, failed: 3, gone: 2, reasons: { forbidden: 2, platform: 1, gone: 2 } }),
      );
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
      onTestFinished(() => context.close());
      const tab = await context.newPage();
      const faults: string[] = [];
      tab.on("pageerror", (error) => faults.push(error.message));
      tab.on("console", (message) => message.type() === "error" && faults.push(message.text()));
      await tab.goto(page.url);
      await tab.getByText("91 of 120").waitFor();
      expect(await tab.locator("#saved").textContent()).toBe("9,100");
      expect(await tab.locator("#bytes-chart .line").getAttribute("d")).toMatch(/^M.*L/);
      expect(await tab.getByRole("row", { name: "forbidden 2" }).count()).toBe(1);
      // Nothing has to be scrolled sideways.
      const overflow = await tab.evaluate("document.documentElement.scrollWidth - innerWidth");
      expect(overflow).toBeLessThanOrEqual(0);
      const axe = await readFile(
        createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
        "utf8",
      );
      // By the debugger's way, past the page's own policy.
      await tab.evaluate(axe);
      const found = await tab.evaluate(
        "axe.run().then((report) => report.violations.map((one) => one.id))",
      );
      expect(found).toEqual([]);
      const folder = process.env["SCREENSHOTS"];
      if (folder)
        await tab.screenshot({
          path: `${folder}/page-${width}-${colorScheme}.png`,
          fullPage: true,
        });
      page.update(at(120));
      page.end();
      await tab.getByText("Done", { exact: true }).waitFor();
      expect(faults).toEqual([]);
    },
  );

  test("is for this machine only: another name that leads here is refused, and so is writing", async () => {
    const page = await startProgressPage({ port: 0, metrics: createMetrics() });
    onTestFinished(() => page.close());
    const { request } = await import("node:http");
    const statusOf = (path: string, method: string, host: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const out = request(page.url, { path, method, headers: { host } }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        });
        out.on("error", reject);
        out.end();
      });
    expect(await statusOf("/progress", "GET", "127.0.0.1:1")).toBe(200);
    expect(await statusOf("/metrics", "GET", "localhost")).toBe(200);
    expect(await statusOf("/progress", "GET", "evil.example")).toBe(403);
    expect(await statusOf("/progress", "POST", "localhost")).toBe(405);
    expect(await statusOf("/nothing", "GET", "localhost")).toBe(404);
  });
});
