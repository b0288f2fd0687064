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
    expect.stringMatching(/no answerPOST to http:.*the mockcallback: message$/),
    expect.stringMatching(/204POST to http:.*the mockcallback: recording$/),
  ]);
  expect(await rows.locator(".denied").count()).toBe(1);
});

test("this page's own requests are hidden unless they are asked for", async () => {
  await using dashboard = await openDashboard(browser());
  const { page, server } = dashboard;
  await dashboard.signIn();
  await page.getByRole("link", { name: "Journal" }).click();
  await page.getByText("Nobody has asked the platform for anything yet.").waitFor();
  const { journal } = server.platform;
  expect(journal.find({ path: "/api/projects" }).map((entry) => entry.dashboard)).toContain(true);
  expect(journal.find({ dashboard: false })).toEqual([]);
  await page.getByLabel("Show this page's own requests").check();
  await page.getByRole("row").filter({ hasText: "/api/projects" }).first().waitFor();
  await page.getByLabel("Show this page's own requests").uncheck();
  await page.getByText("Nobody has asked the platform for anything yet.").waitFor();
});

test("what is sought is found in any of what is known, and a filter leaves what it says", async () => {
  await using dashboard = await openDashboard(browser());
  const { page, server } = dashboard;
  await page.getByRole("link", { name: "Journal" }).click();
  await page.getByText("Live").waitFor();
  const { recording } = seeded(dashboard);
  const account = `${server.url}/api/laml/2010-04-01/Accounts/${recording.projectId}`;
  await fetch(`${server.url}/api/projects`);
  await fetch(`${account}/Recordings/${recording.id}`);
  await fetch(`${server.url}/api/nothing`);
  const rows = page.getByRole("row").filter({ has: page.getByRole("button") });
  await expect.poll(() => rows.count()).toBe(3);
  const search = page.getByRole("searchbox");
  for (const [text, found] of [
    [recording.id.toUpperCase(), "/Recordings/"],
    ["404", "/api/nothing"],
    ["no-credentials projects", "/api/projects"],
  ] as const) {
    await search.fill(text);
    await expect.poll(() => rows.count()).toBe(1);
    expect(await rows.first().textContent()).toContain(found);
  }
  // No name or value that is shown nowhere: each entry has a field of it.
  await search.fill("false");
  await page.getByText("Nothing here is like that.").waitFor();
  await search.fill("");
  for (const [show, count] of [
    ["served", 1],
    ["denied", 1],
    ["failed", 2],
    ["callbacks", 0],
    ["all", 3],
  ] as const) {
    await page.getByRole("combobox", { name: /^Show/ }).selectOption(show);
    await expect.poll(() => rows.count()).toBe(count);
  }
});

test("a row opens to all that is known of it", async () => {
  await using dashboard = await openDashboard(browser());
  const { page, server } = dashboard;
  await page.getByRole("link", { name: "Journal" }).click();
  await page.getByText("Live").waitFor();
  const { recording } = seeded(dashboard);
  const asked = `/2010-04-01/Accounts/${recording.projectId}/Recordings/${recording.id}`;
  await fetch(server.url + asked);
  const button = page.getByRole("button", { name: /^Details of GET/ });
  await button.click();
  expect(await button.getAttribute("aria-expanded")).toBe("true");
  const details = page.locator(".row-details");
  expect(await details.getByText(`GET ${server.url}${asked}`, { exact: true }).count()).toBe(1);
  expect(await details.getByText(`/api/laml${asked}`, { exact: true }).count()).toBe(1);
  expect(await details.getByText("none came").count()).toBe(1);
  await button.click();
  await details.waitFor({ state: "detached" });
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

test("a flood of requests does not make the page grow without end", async () => {
  await using dashboard = await openDashboard(browser());
  const { page, server } = dashboard;
  await page.getByRole("link", { name: "Journal" }).click();
  await page.getByText("Live").waitFor();
  const { journal } = server.platform;
  await fetch(`${server.url}/api/nothing`);
  const [entry] = journal.find({ dashboard: false });
  if (entry === undefined) throw new Error("A request is recorded.");
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
