import { createServer } from "node:http";
import { mediaInCallback, verifyWebhook } from "@media-protection/sdk/webhooks";
import { expect, test } from "vitest";
import { card, type Dashboard, openDashboard, openMedia, seeded, useBrowser } from "./dashboard.js";

// The dashboard as the place where one works: everything is done there, and shown as it happens.

const browser = useBrowser();

const rootOf = ({ server }: Dashboard) => server.platform.credentials.projectId;

test("what others change is shown as it happens: switches, media, what strangers are answered", async () => {
  await using dashboard = await openDashboard(browser());
  const { page, server } = dashboard;
  const { platform } = server;
  await dashboard.signIn();
  await dashboard.open(`/projects/${rootOf(dashboard)}`);
  const section = page.getByRole("region", { name: "Media URL Protection Details" });
  await section.getByRole("switch", { name: /Fax/, checked: false }).waitFor();
  platform.setProtection(rootOf(dashboard), { faxMedia: true });
  await section.getByRole("switch", { name: /Fax/, checked: true }).waitFor();
  await page.getByText("Faxes: protected").waitFor();
  await openMedia(dashboard);
  const { recording } = platform.addRecording({ seconds: 3723 });
  const added = card(page, recording.id);
  await added.getByText("1:02:03, mono, completed").waitFor();
  await added.scrollIntoViewIfNeeded();
  await added.getByText("open to anybody").waitFor();
  platform.setProtection(rootOf(dashboard), { recordings: true });
  await added.getByText("closed", { exact: true }).waitFor();
  platform.recordings.delete(recording.id);
  await added.waitFor({ state: "detached" });
});

test("the switches are on the project's own page", async () => {
  await using dashboard = await openDashboard(browser());
  const { page, server } = dashboard;
  await dashboard.signIn();
  await page.getByRole("link", { name: "Example project" }).click();
  await page.getByRole("switch", { name: "Protect Recording Media URLs" }).click();
  await page.getByText("Recordings: protected").waitFor();
  expect(server.platform.projects.get(rootOf(dashboard))?.protectedSince.recording).not.toBeNull();
});

test("media are added by dropping and choosing files, and by a form", async () => {
  await using dashboard = await openDashboard(browser());
  const { page, server } = dashboard;
  const { platform } = server;
  await dashboard.signIn();
  await openMedia(dashboard);
  const before = platform.messageMedia.size;
  const data = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(["one"], "one.jpg", { type: "image/jpeg" }));
    transfer.items.add(new File(["two"], "two.png", { type: "image/png" }));
    return transfer;
  });
  // Anywhere on the page.
  await page
    .getByRole("heading", { name: "Media", exact: true })
    .dispatchEvent("drop", { dataTransfer: data });
  await page.getByText("Added one.jpg as an attachment, two.png as an attachment.").waitFor();
  expect(platform.messageMedia.size).toBe(before + 2);
  await page.locator("input[type=file]").setInputFiles({
    name: "letter.pdf",
    mimeType: "application/pdf",
    buffer: Buffer.from("%PDF-1.4 no pages"),
  });
  await page.getByText("Added letter.pdf as a fax document.").waitFor();
  await page.getByLabel("Or have one made").selectOption("Recording");
  await page.getByLabel("Length in seconds").fill("75");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText("1:15, mono, completed").waitFor();
  await page.getByLabel("Or have one made").selectOption("Fax document");
  await page.getByRole("combobox", { name: "Type" }).selectOption("image/tiff");
  await page.getByRole("spinbutton", { name: "Pages" }).fill("2");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText("image/tiff, 2 pages").waitFor();
});

test("an MP3 is heard as it was given, and not as the WAV that is made up", async () => {
  await using dashboard = await openDashboard(browser());
  const { page, server } = dashboard;
  const { recordings } = server.platform;
  const before = new Set(Array.from(recordings.all(), ({ entity }) => entity.id));
  const { urls } = server.platform.addRecording({ seconds: 2 });
  const given = Buffer.from(await (await fetch(urls.spaceMp3)).arrayBuffer());
  await dashboard.signIn();
  await openMedia(dashboard);
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "own.mp3", mimeType: "audio/mpeg", buffer: given });
  await page.getByText("Added own.mp3 as a recording.").waitFor();
  const added = Array.from(recordings.all(), ({ entity }) => entity.id).filter(
    (id) => !before.has(id),
  );
  const heard = card(page, added.at(-1) ?? "").locator("audio");
  await heard.scrollIntoViewIfNeeded();
  await heard.waitFor();
  const asked = server.platform.journal.find({ media: added.at(-1) ?? "", dashboard: true });
  const served = asked.filter(({ caller, status }) => caller !== null && status === 200);
  expect(served.map(({ path }) => path)).toEqual([expect.stringMatching(/\.mp3$/)]);
});

test("of several files the one that is refused is named, and the others are added", async () => {
  await using dashboard = await openDashboard(browser());
  const { page, server } = dashboard;
  server.platform.addMessageMedia({ fileName: "one.png" });
  await dashboard.signIn();
  await openMedia(dashboard);
  const png = { mimeType: "image/png", buffer: Buffer.from("png") };
  await page.locator("input[type=file]").setInputFiles([
    { name: "one.png", ...png },
    { name: "two.png", ...png },
  ]);
  await page.getByText("Added two.png as an attachment.").waitFor();
  await page.getByRole("alert").filter({ hasText: "Not added: one.png:" }).waitFor();
});

test("of each medium there are all URLs, what is answered there with and without credentials, and curl", async () => {
  await using dashboard = await openDashboard(browser(), {
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const { page, server } = dashboard;
  const { recording } = seeded(dashboard);
  server.platform.setProtection(rootOf(dashboard), { recordings: true });
  await dashboard.signIn();
  await openMedia(dashboard);
  const shown = card(page, recording.id);
  await shown.locator("summary").click();
  const rows = shown.locator(".urls > li");
  await expect.poll(() => rows.count()).toBe(6);
  for (const row of await rows.all()) {
    await row.getByText("200 OK").waitFor();
    await row.getByText(/^401/).waitFor();
  }
  await rows
    .first()
    .getByRole("button", { name: /^Copy curl/ })
    .click();
  await rows.first().getByRole("status").filter({ hasText: "Copied" }).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/^curl -u "\$SIGNALWIRE_PROJECT_ID:\$SIGNALWIRE_API_TOKEN" -O 'http/);
  expect(copied).toContain(recording.id);
  await shown.getByRole("button", { name: /^Copy ID/ }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(recording.id);
  expect(copied).not.toContain(server.platform.credentials.apiToken);
});

test("tokens are made, told once, and revoked; signing keys are rotated", async () => {
  await using dashboard = await openDashboard(browser());
  const { page, server } = dashboard;
  await dashboard.signIn();
  await dashboard.open(`/projects/${rootOf(dashboard)}/access`);
  await page.getByLabel("Name").fill("For a test");
  await page.getByRole("checkbox", { name: "management" }).check();
  await page.getByRole("button", { name: "Make a token" }).click();
  const token = (await page.locator(".made code").textContent()) ?? "";
  const authorization = `Basic ${btoa(`${rootOf(dashboard)}:${token}`)}`;
  const ask = async () =>
    (await fetch(`${server.url}/api/projects`, { headers: { authorization } })).status;
  expect(await ask()).toBe(200);
  await page.getByRole("button", { name: "Revoke For a test" }).click();
  await page.getByText("opens nothing", { exact: true }).waitFor();
  expect(await ask()).toBe(401);
  expect(await page.content()).not.toContain(server.platform.credentials.apiToken);
  const [before] = server.platform.signingKeys(rootOf(dashboard));
  await page.getByRole("button", { name: "Rotate the signing key" }).click();
  await page.getByText("the old one, still valid").waitFor();
  const keys = page.getByRole("list", { name: "Signing keys, the newest first" }).locator("code");
  expect(await keys.allTextContents()).toEqual(server.platform.signingKeys(rootOf(dashboard)));
  expect(await keys.nth(1).textContent()).toBe(before);
});

test("a fault is armed for a medium, counted as it hits, and disarmed", async () => {
  await using dashboard = await openDashboard(browser());
  const { page, server } = dashboard;
  const { recording } = seeded(dashboard);
  const url = `${server.url}/api/laml/2010-04-01/Accounts/${recording.projectId}/Recordings/${recording.id}`;
  await dashboard.signIn();
  await openMedia(dashboard);
  await card(page, recording.id)
    .getByRole("link", { name: /^Break it/ })
    .click();
  await page.getByLabel("What goes wrong").selectOption("status");
  await page.getByRole("textbox", { name: "Status" }).fill("7");
  await page.getByRole("button", { name: "Arm it" }).click();
  await page
    .getByRole("alert")
    .filter({ hasText: /status.*503/ })
    .waitFor();
  await page.getByRole("textbox", { name: "Status" }).fill("503");
  await page.getByLabel("At most so many times").fill("2");
  await page.getByRole("button", { name: "Arm it" }).click();
  const row = page.getByRole("list", { name: "Armed faults" }).getByRole("listitem");
  await row.getByText("hit 0 requests").waitFor();
  expect((await fetch(url)).status).toBe(503);
  await row.getByText("hit 1 request").waitFor();
  expect(await row.getByText("spent").count()).toBe(0);
  expect((await fetch(url)).status).toBe(503);
  await row.getByText("spent").waitFor();
  expect(server.platform.faults.list()[0]?.fault).toEqual({
    kind: "status",
    status: 503,
    media: recording.id,
    times: 2,
  });
  await row.getByRole("button", { name: /^Disarm/ }).click();
  await page.getByText("Nothing goes wrong.").waitFor();
  expect((await fetch(url)).status).toBe(200);
});

test("a switch counts from the next request on, and says that it was changed", async () => {
  await using dashboard = await openDashboard(browser());
  const { page, server } = dashboard;
  const { recording } = seeded(dashboard);
  server.platform.setProtection(rootOf(dashboard), { recordings: true });
  await dashboard.open("/switches");
  await page.getByLabel("deniedStatus").selectOption("404");
  await page.getByText("changed", { exact: true }).waitFor();
  const url = `${server.url}/api/laml/2010-04-01/Accounts/${recording.projectId}/Recordings/${recording.id}`;
  expect((await fetch(url)).status).toBe(404);
  server.platform.setSwitches({ deniedStatus: 403 });
  await expect.poll(() => page.getByLabel("deniedStatus").inputValue()).toBe("403");
});

test("a callback of a medium is sent to a receiver, which can verify it, and its answer is shown", async () => {
  await using dashboard = await openDashboard(browser());
  const { page, server } = dashboard;
  const { platform } = server;
  const { recording } = seeded(dashboard);
  const signingKeys = platform.signingKeys(rootOf(dashboard));
  const told: unknown[] = [];
  const receiver = createServer(async (request, response) => {
    const publicUrl = `http://${request.headers.host}`;
    try {
      const options = { signingKey: signingKeys, publicUrl };
      const { content } = await verifyWebhook(request, options);
      for (const { url } of mediaInCallback(content)) told.push(url);
      response.writeHead(204).end();
    } catch {
      response.writeHead(403).end();
    }
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  try {
    const address = receiver.address();
    const port = typeof address === "object" ? address?.port : undefined;
    await dashboard.open(`/callbacks/${recording.id}`);
    await page.getByLabel("Your receiver's URL").fill(`http://127.0.0.1:${port}/hooks`);
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByRole("status").getByText("204").waitFor();
    expect(told).toEqual([expect.stringContaining(recording.id)]);
    await page.getByLabel("What goes wrong").selectOption("signed with another key");
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByRole("status").getByText("403").waitFor();
    expect(told).toHaveLength(1);
    const rows = page.getByRole("row").filter({ hasText: "callback: recording" });
    await expect.poll(() => rows.count()).toBe(2);
    // What was sent is told, as the receiver got it.
    await rows.last().getByRole("button").click();
    const details = page.locator(".row-details");
    await details.getByText(/RecordingUrl=/).waitFor();
    await details.getByText("application/x-www-form-urlencoded", { exact: true }).waitFor();
  } finally {
    receiver.close();
    receiver.closeAllConnections();
  }
});

test.each(["Attachment", "Fax", "Recording"])(
  "a callback of a medium has a shape of its kind: %s",
  async (noun) => {
    await using dashboard = await openDashboard(browser());
    const { page } = dashboard;
    await dashboard.signIn();
    await openMedia(dashboard);
    await page
      .getByRole("link", { name: new RegExp(`^Send a callback of ${noun}`) })
      .first()
      .click();
    // Nobody need be there: what is sent at all stands in the journal.
    await page.getByLabel("Your receiver's URL").fill("http://127.0.0.1:9/hooks");
    await page.getByRole("button", { name: "Send" }).click();
    const shape = { Attachment: "message", Fax: "fax", Recording: "recording" }[noun];
    await page
      .getByRole("row")
      .filter({ hasText: `callback: ${shape}` })
      .waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
  },
);

test("a request that a fault has cut is not shown as served", async () => {
  await using dashboard = await openDashboard(browser());
  const { page, server } = dashboard;
  const { recording } = seeded(dashboard);
  server.platform.faults.add({ kind: "cut", after: 100, media: recording.id });
  const url = `${server.url}/api/laml/2010-04-01/Accounts/${recording.projectId}/Recordings/${recording.id}`;
  await dashboard.open("/journal");
  await page.getByText("Live").waitFor();
  await expect(fetch(url).then((response) => response.arrayBuffer())).rejects.toThrow();
  const row = page.getByRole("row").filter({ hasText: "fault: cut" });
  await row.waitFor();
  expect(await row.locator(".status.denied").textContent()).toBe("200");
  await page.getByRole("combobox", { name: /^Show/ }).selectOption("failed");
  await row.waitFor();
});

test("reset asks once more, and then all is as it was", async () => {
  await using dashboard = await openDashboard(browser());
  const { page, server } = dashboard;
  const before = server.platform.recordings.size;
  server.platform.addRecording();
  await dashboard.open("/reset");
  await page.getByRole("button", { name: "Reset the mock" }).click();
  await page.getByRole("button", { name: "No" }).click();
  expect(server.platform.recordings.size).toBe(before + 1);
  await page.getByRole("button", { name: "Reset the mock" }).click();
  await page.getByRole("button", { name: "Yes" }).click();
  await page.getByText("It is as it was at the start.").waitFor();
  expect(server.platform.recordings.size).toBe(before);
});

test.each([
  "/nothing",
  "/projects/1/nothing",
  "/projects/1/media/2",
  "/projects/1/configuration/nothing",
  "/journal/1",
  "/faults/1/2",
])("the address #%s is a page that says that there is none", async (fragment) => {
  await using dashboard = await openDashboard(browser());
  await dashboard.open(fragment);
  await dashboard.page.getByRole("heading", { name: "There is no such page" }).waitFor();
});

test("an address that was mistyped is such a page, too, and leads back", async () => {
  await using dashboard = await openDashboard(browser());
  const { page, server } = dashboard;
  const response = await page.goto(`${server.url}/dashboard`);
  expect(response?.status()).toBe(404);
  await page.getByText("/dashboard leads nowhere").waitFor();
  await page.getByRole("link", { name: "To the projects" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
});

test("a project without media says what to do", async () => {
  await using dashboard = await openDashboard(browser());
  const { page, server } = dashboard;
  const { id } = server.platform.addProject({ name: "New" });
  await dashboard.signIn();
  await dashboard.open(`/projects/${id}/media`);
  await page.getByText("No recordings yet. Drop a WAV or an MP3 above.").waitFor();
  await page.getByText("No attachments yet.").waitFor();
  await page.getByText("No faxes yet.").waitFor();
});
