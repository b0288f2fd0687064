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
      const folder = process.env["SCREENSHOTS"];
      if (folder) {
        await page.screenshot({
          path: `${folder}/${name}-${look.viewport.width}-${look.colorScheme}.png`,
        });
      }
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
