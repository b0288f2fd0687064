import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { card, openDashboard, openMedia, seeded, useBrowser } from "./dashboard.js";

const browser = useBrowser();

const inPage = { viewport: { width: 1000, height: 4000 } };

describe("the page of media", () => {
  test("protected media are heard and seen: the SDK fetches them with credentials", async () => {
    await using dashboard = await openDashboard(browser(), inPage);
    const { page, server } = dashboard;
    server.platform.setProtection(server.platform.credentials.projectId, {
      recordings: true,
      messageMedia: true,
      faxMedia: true,
    });
    await dashboard.signIn();
    await openMedia(dashboard);
    const players = page.locator("audio");
    await players.nth(2).waitFor();
    await page.waitForFunction(() =>
      Array.from(document.querySelectorAll("audio")).every(({ duration }) => duration > 0),
    );
    const durations = await players.evaluateAll((all: HTMLAudioElement[]) =>
      all.map(({ duration }) => Math.round(duration)),
    );
    expect(durations).toEqual([8, 5, 3]);
    const pictures = page.locator("img");
    await pictures.nth(2).waitFor();
    await page.waitForFunction(() =>
      Array.from(document.querySelectorAll("img")).every((one) => one.complete),
    );
    const widths = await pictures.evaluateAll((all: HTMLImageElement[]) =>
      all.map(({ naturalWidth }) => naturalWidth),
    );
    expect(widths.length).toBe(3);
    expect(Math.min(...widths)).toBeGreaterThan(0);
    const links = page.getByRole("link", { name: "Download the PDF" });
    await links.nth(1).waitFor();
    const beginnings: string[] = [];
    for (const link of await links.all()) {
      const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
      beginnings.push((await readFile(await download.path(), "latin1")).slice(0, 5));
    }
    expect(beginnings).toEqual(["%PDF-", "%PDF-"]);
  });

  test("a PDF is drawn in the page, each of its pages", async () => {
    await using dashboard = await openDashboard(browser(), inPage);
    const { page } = dashboard;
    const { media } = dashboard.server.platform.addFaxMedia({ pages: 3 });
    await dashboard.signIn();
    await openMedia(dashboard);
    const pages = card(page, media.id).locator("canvas");
    await pages.nth(2).waitFor();
    expect(await pages.count()).toBe(3);
    // White paper, and something written on it.
    const seen = await pages.evaluateAll((all: HTMLCanvasElement[]) =>
      all.map((canvas) => {
        const { width, height } = canvas;
        const pixels = canvas.getContext("2d")?.getImageData(0, 0, width, height).data;
        if (pixels === undefined) return "nothing";
        let darkest = 255;
        for (const value of pixels) darkest = Math.min(darkest, value);
        return `${pixels.slice(0, 4).join()} ${darkest < 100 ? "written on" : "empty"}`;
      }),
    );
    expect(seen).toEqual(Array(3).fill("255,255,255,255 written on"));
  });

  test("without credentials the live answer is shown, before and after the switch", async () => {
    await using dashboard = await openDashboard(browser());
    const { page, server } = dashboard;
    await dashboard.signIn();
    await openMedia(dashboard);
    const { recording } = seeded(dashboard);
    const shown = card(page, recording.id);
    await shown.scrollIntoViewIfNeeded();
    await shown.getByText("200 OK").waitFor();
    await shown.getByText("open to anybody").waitFor();
    expect(await shown.getByText("Served: audio/wav").count()).toBe(1);
    server.platform.setProtection(recording.projectId, { recordings: true });
    await shown.getByText("401 Unauthorized").waitFor();
    await shown.getByText("closed", { exact: true }).waitFor();
    expect(await shown.getByText("Authentication failed").count()).toBe(1);
    const asked = server.platform.journal
      .entries()
      .filter(
        ({ path, authorization }) => path.endsWith(`Recordings/${recording.id}`) && !authorization,
      );
    expect(asked.map(({ reason }) => reason)).toEqual(["public", "no-credentials"]);
    expect(asked.every(({ dashboard }) => dashboard === true)).toBe(true);
  });

  test("bytes that come by a redirect to storage are shown all the same", async () => {
    await using dashboard = await openDashboard(
      browser(),
      {},
      { platform: { switches: { redirectToStorage: true } } },
    );
    const { page, server } = dashboard;
    await dashboard.signIn();
    await openMedia(dashboard);
    const { recording } = seeded(dashboard);
    const shown = card(page, recording.id);
    await shown.scrollIntoViewIfNeeded();
    await shown.locator("audio").waitFor();
    await shown.getByText(`by a redirect to ${new URL(server.origins.storage).host}`).waitFor();
  });

  test("the URL is copied as it is", async () => {
    await using dashboard = await openDashboard(browser(), {
      permissions: ["clipboard-read", "clipboard-write"],
    });
    const { page, server } = dashboard;
    await dashboard.signIn();
    await openMedia(dashboard);
    const { recording } = seeded(dashboard);
    const shown = card(page, recording.id);
    await shown.getByRole("button", { name: /^Copy the URL/ }).click();
    await shown.getByRole("status").filter({ hasText: "Copied" }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      `${server.url}/api/laml/2010-04-01/Accounts/${recording.projectId}/Recordings/${recording.id}`,
    );
  });

  test("a recording of a gigabyte is not fetched unless asked for", async () => {
    await using dashboard = await openDashboard(browser());
    const { page, server } = dashboard;
    const { recording } = server.platform.addRecording({ size: 2 ** 30 });
    await dashboard.signIn();
    await openMedia(dashboard);
    const shown = card(page, recording.id);
    await shown.getByRole("button", { name: "Load 1.1 GB" }).waitFor();
    expect(await shown.locator("audio").count()).toBe(0);
  });

  test("blobs are let go of when their media leave the page", async () => {
    await using dashboard = await openDashboard(browser(), inPage);
    const { page } = dashboard;
    await dashboard.signIn();
    await openMedia(dashboard);
    const player = page.locator("audio").first();
    const url = await player.getAttribute("src");
    const isAlive = () =>
      page.evaluate(
        (blob) =>
          new Promise<boolean>((resolve) => {
            const audio = new Audio(blob ?? "");
            audio.onloadedmetadata = () => resolve(true);
            audio.onerror = () => resolve(false);
          }),
        url,
      );
    expect(await isAlive()).toBe(true);
    await page.getByRole("link", { name: "Projects" }).first().click();
    await page.getByRole("heading", { name: "Projects", exact: true }).waitFor();
    await expect.poll(isAlive).toBe(false);
  });

  test("a subproject's media are its own, and opened with the root's credentials", async () => {
    await using dashboard = await openDashboard(browser(), inPage);
    const { page, server } = dashboard;
    await dashboard.signIn();
    await page.getByRole("link", { name: "Example subproject" }).click();
    await page.getByRole("link", { name: "Show the media of this project" }).click();
    await page.locator("audio").waitFor();
    await page.locator("img").waitFor();
    await page.getByRole("link", { name: "Download the PDF" }).waitFor();
    expect(await page.getByRole("heading", { level: 3 }).count()).toBe(3);
    expect(server.platform.journal.entries().filter(({ status }) => status >= 400)).toEqual([]);
  });

  test("a long list is shown some at a time", async () => {
    await using dashboard = await openDashboard(browser());
    const { page, server } = dashboard;
    for (let count = 0; count < 12; count++) server.platform.addRecording({ seconds: 1 });
    await dashboard.signIn();
    await openMedia(dashboard);
    const recordings = page.getByRole("heading", { name: /^Recording / });
    expect(await recordings.count()).toBe(12);
    await page.getByRole("button", { name: "Show more recordings" }).click();
    await expect.poll(() => recordings.count()).toBe(15);
  });
});
