import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import AxeBuilderSource from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { attachment, type GatewayScene, gatewayScene } from "../../helpers/mock/gateway-scene.js";
import { findChromium } from "../../helpers/packages/chromium.js";

let scene: GatewayScene;
let browser: Browser;

beforeAll(async () => {
  scene = await gatewayScene();
  browser = await chromium.launch(await findChromium());
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await scene?.[Symbol.asyncDispose]();
});

const share = (url: string, options: object = {}) => scene.link(url, { share: true, ...options });

async function violations(page: Page) {
  await page.evaluate(AxeBuilderSource.source);
  return page.evaluate("axe.run().then(({ violations }) => violations.map(({ id }) => id))");
}

const hasFfmpeg = spawnSync("ffmpeg", ["-version"]).status === 0;
if (!hasFfmpeg)
  process.stderr.write("Skipped: a video in Chromium, since ffmpeg is not installed.\n");

/** Five seconds of a test picture. In a file, since ffmpeg says at its end how long it is. */
async function video(): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), "gateway-video-"));
  const file = join(folder, "video.webm");
  const input = ["-f", "lavfi", "-i", "testsrc=duration=5:size=320x240:rate=10"];
  spawnSync("ffmpeg", ["-v", "error", ...input, "-c:v", "libvpx", "-g", "10", file]);
  const bytes = await readFile(file);
  await rm(folder, { recursive: true });
  return bytes;
}

/** A picture to look at, where it is asked for. */
async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env["SCREENSHOTS"];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
}

describe("without a script", () => {
  test("a page is a title and a button, whoever fetches it how often; opening it is a POST", async () => {
    const url = await share(scene.mock.platform.addRecording().urls.space, { once: true });
    for (let round = 0; round < 3; round++) {
      const text = await (await fetch(url)).text();
      expect(text).toContain("<title>Recording shared with you</title>");
      expect(text).not.toContain("/m/");
    }
    const opened = await (await fetch(url, { method: "POST" })).text();
    const [play = ""] = /\.\.\/m\/[\w.-]+/.exec(opened) ?? [];
    expect((await fetch(new URL(play, url))).status).toBe(200);
    expect((await fetch(url, { method: "POST" })).status).toBe(410);
  });

  test("a passcode opens, wrong ones are counted", async () => {
    const url = await share(scene.mock.platform.addRecording().urls.space, { passcode: "lettuce" });
    const post = (passcode: string) =>
      fetch(url, { method: "POST", body: new URLSearchParams({ passcode }) });
    expect((await post("lettuce")).status).toBe(200);
    const statuses = [];
    for (let round = 0; round < 6; round++) statuses.push((await post("wrong")).status);
    expect(statuses).toEqual([403, 403, 403, 403, 403, 429]);
  });
});

describe("in Chromium", () => {
  const sizes = [
    { width: 360, height: 740 },
    { width: 1200, height: 800 },
  ];
  const looks = sizes.flatMap((viewport) =>
    (["light", "dark"] as const).map((colorScheme) => ({ viewport, colorScheme })),
  );

  test.each(looks)("the page fits and has no violation: %j", async (look) => {
    const pages = {
      recording: await share(scene.mock.platform.addRecording({ seconds: 5 }).urls.space),
      picture: await share(scene.mock.platform.addMessageMedia().urls.space),
      passcode: await share(scene.mock.platform.addRecording().urls.space, { passcode: "lettuce" }),
    };
    for (const [name, url] of Object.entries(pages)) {
      const page = await browser.newPage(look);
      await page.goto(url);
      await page.waitForSelector(name === "passcode" ? "#passcode" : "#medium");
      expect(await violations(page), name).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(look.viewport.width);
      await shot(page, `${name}-${look.viewport.width}-${look.colorScheme}`);
      await page.close();
    }
  });

  test("audio plays, and plays on after a seek to 90 %", async () => {
    const page = await browser.newPage();
    await page.goto(await share(scene.mock.platform.addRecording({ seconds: 60 }).urls.space));
    await page.waitForSelector("audio");
    const moved = await page.evaluate(async () => {
      const audio = document.querySelector("audio");
      if (!audio) return "no player";
      audio.muted = true;
      const until = (name: string) =>
        new Promise((resolve) => audio.addEventListener(name, resolve, { once: true }));
      if (audio.readyState < 1) await until("loadedmetadata");
      audio.currentTime = audio.duration * 0.9;
      await until("seeked");
      const from = audio.currentTime;
      await audio.play();
      while (audio.currentTime <= from) await until("timeupdate");
      return Math.round((from / audio.duration) * 100);
    });
    expect(moved).toBe(90);
    await page.close();
  });

  test.skipIf(!hasFfmpeg)("video plays, and plays on after a seek to 90 %", async () => {
    const { urls } = attachment(scene.mock, await video(), "video/webm", "webm");
    const page = await browser.newPage();
    await page.goto(await share(urls.space));
    await page.waitForSelector("video");
    const played = await page.evaluate(async () => {
      const player = document.querySelector("video");
      if (!player) return "no player";
      player.muted = true;
      const until = (name: string) =>
        new Promise((resolve) => player.addEventListener(name, resolve, { once: true }));
      if (player.readyState < 1) await until("loadedmetadata");
      player.currentTime = player.duration * 0.9;
      await until("seeked");
      const from = player.currentTime;
      await player.play();
      while (player.currentTime <= from) await until("timeupdate");
      return [player.videoWidth, Math.round((from / player.duration) * 100)];
    });
    expect(played).toEqual([320, 90]);
    await shot(page, "video");
    await page.close();
  });

  test("a fax is shown as a PDF, by its link and in its page", async ({ skip }) => {
    const source = scene.mock.platform.addFaxMedia().urls.space;
    const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
    const hasViewer = await page.evaluate("navigator.pdfViewerEnabled");
    skip(!hasViewer, "this Chromium has no viewer of PDFs");
    const downloads: string[] = [];
    page.on("download", (download) => void downloads.push(download.url()));
    // Chromium's viewer is an extension, which it puts into what it takes for a PDF and may show.
    const viewers = () =>
      page.frames().filter((frame) => frame.url().startsWith("chrome-extension://")).length;
    const shown = await page.goto(await scene.link(source));
    expect(shown?.headers()["content-type"]).toBe("application/pdf");
    await expect.poll(viewers, { timeout: 10_000 }).toBe(1);
    await page.goto(await share(source));
    await page.waitForSelector("iframe");
    await expect.poll(viewers, { timeout: 10_000 }).toBe(1);
    await shot(page, "fax");
    expect(downloads).toEqual([]);
    await page.close();
  });

  test("a page plays beyond its link's life: it has a fresh one in time", async () => {
    let passed = 0;
    await using own = await gatewayScene({ now: () => Date.now() + passed });
    const source = own.mock.platform.addRecording({ seconds: 60 }).urls.space;
    const page = await browser.newPage();
    await page.clock.install();
    await page.goto(await own.link(source, { share: true }));
    await page.waitForSelector("audio");
    const state = () =>
      page.evaluate(async () => {
        const audio = document.querySelector("audio");
        if (!audio) return { src: "", at: 0 };
        if (audio.readyState < 2)
          await new Promise((resolve) =>
            audio.addEventListener("canplay", resolve, { once: true }),
          );
        return { src: audio.src, at: Math.round(audio.currentTime) };
      });
    await page.evaluate(() => {
      const audio = document.querySelector("audio");
      if (audio) audio.currentTime = 30;
    });
    const before = await state();
    passed = 12 * 60_000;
    await page.clock.fastForward(passed);
    await page.waitForFunction((old) => document.querySelector("audio")?.src !== old, before.src);
    const after = await state();
    expect(after.at).toBe(30);
    // The first link has ended, the page's is alive.
    passed = 20 * 60_000;
    const status = async (url: string) => (await fetch(url, { method: "HEAD" })).status;
    expect([await status(before.src), await status(after.src)]).toEqual([410, 200]);
    await page.close();
  });

  test("a passcode is typed with the keyboard alone; the wrong one is said", async () => {
    const page = await browser.newPage();
    await page.goto(
      await share(scene.mock.platform.addRecording().urls.space, { passcode: "lettuce" }),
    );
    await page.keyboard.press("Tab");
    await page.keyboard.type("wrong");
    await page.keyboard.press("Enter");
    await page.getByText("That is not the passcode.").waitFor();
    await page.keyboard.type("lettuce");
    await page.keyboard.press("Enter");
    await page.waitForSelector("audio");
    await page.close();
  });

  test("a script in an HTML or SVG attachment does not run", async () => {
    const { url: home, calls } = scene.home;
    const script = `<script>fetch("${home}/ran")</script>`;
    const html = attachment(scene.mock, `<!doctype html>${script}`, "text/html", "html");
    const svg = attachment(
      scene.mock,
      `<svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`,
      "image/svg+xml",
      "svg",
    );
    for (const [{ urls }, contentType] of [
      [html, "text/html"],
      [svg, "image/svg+xml"],
    ] as const) {
      const { ref } = await scene.client.media.resolve(urls.space);
      const { url } = await scene.running.gateway.links.mint({ ref, contentType });
      const page = await browser.newPage();
      const download = page.waitForEvent("download");
      await page.goto(url).catch(() => undefined);
      await download;
      const frame = await browser.newPage();
      await frame.setContent(
        `<iframe src="${url}"></iframe><object data="${url}"></object><img src="${url}">`,
      );
      await frame.waitForLoadState("networkidle");
      await page.close();
      await frame.close();
    }
    expect(calls).toEqual([]);
  });
});
