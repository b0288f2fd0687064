import { bytesFile } from "@media-protection/mock";
import { expect, test } from "vitest";
import { openDashboard, openMedia, useBrowser } from "./dashboard.js";

// The dashboard shows what is so, and runs nothing that is a medium.

const browser = useBrowser();

/** Something that is waited for. */
function gate() {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, passed };
}

test("a slow answer from before a flip never overwrites it", async () => {
  await using dashboard = await openDashboard(browser());
  const { page, server } = dashboard;
  await dashboard.signIn();
  const { projectId } = server.platform.credentials;
  await dashboard.open(`/projects/${projectId}/configuration/settings`);
  const row = page.getByRole("switch", { name: "Protect Recording Media URLs" });
  await row.waitFor();
  // The next reading is answered as things are now, and that answer is on its way until the flip is done.
  const held = gate();
  const release = gate();
  await page.route(`**/api/projects/${projectId}`, async (route) => {
    if (route.request().method() !== "GET") return route.continue();
    const response = await route.fetch();
    held.open();
    await release.passed;
    await route.fulfill({ response }).catch(() => {});
  });
  await page.evaluate(() => dispatchEvent(new Event("focus")));
  await held.passed;
  await row.click();
  await expect.poll(() => row.getAttribute("aria-checked")).toBe("true");
  release.open();
  await page.unroute(`**/api/projects/${projectId}`);
  // A later request has come back, and so has the slow one.
  // Without credentials: with them, some versions of Chromium wait at a 401 for somebody to type some.
  await page.evaluate(async () => (await fetch("/api/projects", { credentials: "omit" })).text());
  expect(await row.getAttribute("aria-checked")).toBe("true");
});

test("two flips at once end as the later one says, whichever is answered first", async () => {
  await using dashboard = await openDashboard(browser());
  const { page, server } = dashboard;
  await dashboard.signIn();
  const { projectId } = server.platform.credentials;
  await dashboard.open(`/projects/${projectId}/configuration/settings`);
  const first = page.getByRole("switch", { name: "Protect Recording Media URLs" });
  const second = page.getByRole("switch", { name: "Protect Fax Media URLs" });
  await first.waitFor();
  let changes = 0;
  const release = gate();
  await page.route(`**/api/projects/${projectId}`, async (route) => {
    if (route.request().method() !== "PATCH" || ++changes > 1) return route.continue();
    const response = await route.fetch();
    await release.passed;
    return route.fulfill({ response });
  });
  await first.click();
  await second.click();
  release.open();
  await expect.poll(() => second.getAttribute("aria-checked")).toBe("true");
  await expect.poll(() => first.getAttribute("aria-busy")).toBe("false");
  expect(await first.getAttribute("aria-checked")).toBe("true");
  expect(await second.getAttribute("aria-checked")).toBe("true");
});

test("the journal is watched again after the browser has given the connection up", async () => {
  await using dashboard = await openDashboard(browser());
  const { page, server } = dashboard;
  let refused = 0;
  await page.route("**/__mock/journal/events*", (route) =>
    ++refused === 1 ? route.fulfill({ status: 503, body: "none" }) : route.continue(),
  );
  await page.reload();
  await page.getByRole("link", { name: "Journal" }).click();
  await page.getByText("Live").waitFor();
  await fetch(`${server.url}/api/nothing`);
  await page.getByRole("row").filter({ hasText: "/api/nothing" }).waitFor();
  expect(refused).toBeGreaterThan(1);
});

test("everything works at an IPv6 address, the storage host included", async () => {
  const mock = { host: "::1", platform: { switches: { redirectToStorage: true } } };
  await using dashboard = await openDashboard(browser(), {}, mock);
  const { page, server } = dashboard;
  expect(server.url).toMatch(/^http:\/\/\[::1\]:/);
  await dashboard.signIn();
  await openMedia(dashboard);
  await page
    .getByText(/by a redirect to \[::1\]/)
    .first()
    .waitFor();
});

test.each([
  "text/html",
  "TEXT/HTML; charset=utf-8",
  "image/svg+xml",
  "application/xhtml+xml",
  "text/xml",
])("an attachment of type %s runs nothing on the space or the files host", async (contentType) => {
  await using dashboard = await openDashboard(browser());
  const { page, server } = dashboard;
  const xml = `<x xmlns="http://www.w3.org/1999/xhtml"><script>fetch("/ran/" + origin)</script></x>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg"><script>fetch("/ran")</script></svg>`;
  const bytes = new TextEncoder().encode(contentType.startsWith("image") ? svg : xml);
  const file = bytesFile({ bytes, contentType, extension: "html", lastModified: new Date(0) });
  const { urls } = server.platform.addMessageMedia({ file });
  const visitor = await page.context().newPage();
  for (const url of [urls.space, urls.files]) {
    const response = await visitor.goto(url);
    expect(response?.headers()["x-content-type-options"]).toBe("nosniff");
    await visitor.waitForLoadState("networkidle");
  }
  const ran = server.platform.journal.entries().filter(({ path }) => path.startsWith("/ran"));
  expect(ran).toEqual([]);
});
