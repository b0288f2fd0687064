import { expect, test } from "vitest";
import { openDashboard, seeded, useBrowser } from "./dashboard.js";

const browser = useBrowser();

test("requests and decisions appear as they happen, the newest first", async () => {
  await using dashboard = await openDashboard(browser());
  const { page, server } = dashboard;
  await page.getByRole("link", { name: "Journal" }).click();
  await page.getByText("Live").waitFor();
  const { recording } = seeded(dashboard);
  const url = `${server.url}/api/laml/2010-04-01/Accounts/${recording.projectId}/Recordings/${recording.id}`;
  const rows = page.getByRole("row").filter({ hasText: recording.id });
  await fetch(url);
  await rows.first().waitFor();
  server.platform.setProtection(recording.projectId, { recordings: true });
  await fetch(url);
  await page.getByText("deny: no-credentials").waitFor();
  expect(await rows.allTextContents()).toEqual([
    expect.stringMatching(/401GET space .*nobodydeny: no-credentials$/),
    expect.stringMatching(/200GET space .*nobodyallow: public$/),
  ]);
});

test("a callback that the mock sent is a row of its own, and one without an answer is not served", async () => {
  await using dashboard = await openDashboard(browser());
  const { page, server } = dashboard;
  await page.getByRole("link", { name: "Journal" }).click();
  await page.getByText("Live").waitFor();
  const to = "http://127.0.0.1:9/hooks";
  const answer = async () => new Response(null, { status: 204 });
  await server.platform.callbacks.send("recording", { to, fetch: answer });
  const fails = async () => Promise.reject(new TypeError("nobody there"));
  await server.platform.callbacks.send("message", { to, fetch: fails });
  const rows = page.getByRole("row").filter({ hasText: to });
  await expect.poll(() => rows.count()).toBe(2);
  expect(await rows.allTextContents()).toEqual([
    expect.stringMatching(/0POST to http:.*the mockcallback: message$/),
    expect.stringMatching(/204POST to http:.*the mockcallback: recording$/),
  ]);
  expect(await rows.locator(".denied").count()).toBe(1);
});

test("looking on leaves nothing in the journal but that somebody looks on", async () => {
  await using dashboard = await openDashboard(browser());
  const { page, server } = dashboard;
  await page.getByRole("link", { name: "Journal" }).click();
  await page.getByText("Live").waitFor();
  const paths = server.platform.journal.entries().map(({ path }) => path);
  expect(paths).toEqual(["/__mock/platform", "/__mock/journal/events"]);
});

test("pausing keeps what is shown, resuming catches up, and clearing empties", async () => {
  await using dashboard = await openDashboard(browser());
  const { page, server } = dashboard;
  await page.getByRole("link", { name: "Journal" }).click();
  const rows = page.getByRole("row").filter({ hasText: "/api/nothing" });
  await page.getByText("Live").waitFor();
  await fetch(`${server.url}/api/nothing/1`);
  await rows.first().waitFor();
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByText("Paused").waitFor();
  await fetch(`${server.url}/api/nothing/2`);
  expect(await rows.count()).toBe(1);
  await page.getByRole("button", { name: "Resume" }).click();
  await expect.poll(() => rows.count()).toBe(2);
  await page.getByRole("button", { name: "Clear" }).click();
  await expect.poll(() => rows.count()).toBe(0);
  expect(server.platform.journal.size).toBeLessThan(3);
});

test("the page says that it is paused only once it no longer listens", async () => {
  await using dashboard = await openDashboard(browser());
  const { page } = dashboard;
  await page.getByRole("link", { name: "Journal" }).click();
  await page.getByText("Live").waitFor();
  // Looked at in the very turn in which the word appears, so that no luck of timing passes it.
  const listening = await page.evaluate(async () => {
    const close = EventSource.prototype.close;
    let isOpen = true;
    EventSource.prototype.close = function () {
      isOpen = false;
      close.call(this);
    };
    const status = document.querySelector("[role=status]");
    const pause = [...document.querySelectorAll("button")].find(
      ({ textContent }) => textContent === "Pause",
    );
    if (!status || !pause) throw new Error("The journal page has a status and a pause button.");
    const seen = new Promise<boolean>((resolve) => {
      new MutationObserver(() => {
        if (status.textContent === "Paused") resolve(isOpen);
      }).observe(status, { childList: true, characterData: true, subtree: true });
    });
    pause.click();
    return seen;
  });
  expect(listening).toBe(false);
});

test("a flood of requests does not make the page grow without end", async () => {
  await using dashboard = await openDashboard(browser());
  const { page, server } = dashboard;
  await page.getByRole("link", { name: "Journal" }).click();
  await page.getByText("Live").waitFor();
  const { journal } = server.platform;
  const entry = journal.entries()[0];
  if (entry === undefined) throw new Error("The page itself was recorded.");
  for (let round = 1; round <= 5; round++) {
    for (let count = 0; count < 190; count++) {
      journal.record({ ...entry, path: `/api/flood/${round}/${count}` });
    }
    await page
      .getByRole("row")
      .filter({ hasText: `/api/flood/${round}/189` })
      .waitFor();
  }
  expect(await page.getByRole("row").count()).toBe(501);
});
