import { describe, expect, test } from "vitest";
import { openDashboard, seeded, useBrowser } from "./dashboard.js";

// The five steps of the platform's guide, by clicks in a real browser.

const browser = useBrowser();

const switches = [
  ["Protect Recording Media URLs", "recordings"],
  ["Protect Message Media URLs", "messageMedia"],
  ["Protect Fax Media URLs", "faxMedia"],
] as const;

describe("the guide's five steps", () => {
  test.each(switches)("%s: the next anonymous request is denied, and back", async (label, kind) => {
    await using dashboard = await openDashboard(browser());
    const { page, server } = dashboard;
    const { recording, picture, document } = seeded(dashboard);
    const account = `${server.url}/api/laml/2010-04-01/Accounts/${recording.projectId}`;
    const url = {
      recordings: `${account}/Recordings/${recording.id}`,
      messageMedia: `${account}/Messages/${picture.messageId}/Media/${picture.id}`,
      faxMedia: `${account}/Faxes/${document.faxId}/Media/${document.id}`,
    };
    const statuses = () =>
      Promise.all(Object.values(url).map(async (one) => (await fetch(one)).status));
    await dashboard.signIn();
    // 1. Choose the project.
    await page.getByRole("link", { name: "Example project" }).click();
    // 2. Open its configuration from the menu behind its name.
    await page.getByRole("button", { name: "Example project" }).click();
    await page.getByRole("menuitem", { name: "Project Configuration" }).click();
    // 3. Find the section.
    await page.getByRole("tab", { name: "Settings" }).click();
    const section = page.getByRole("region", { name: "Media URL Protection Details" });
    const toggle = section.getByRole("switch", { name: label });
    expect(await statuses()).toEqual([200, 200, 200]);
    // 4. Switch; 5. be protected.
    await toggle.click();
    await section.getByRole("switch", { name: label, checked: true }).waitFor();
    expect(await statuses()).toEqual(Object.keys(url).map((name) => (name === kind ? 401 : 200)));
    expect(await section.getByRole("switch", { checked: true }).count()).toBe(1);
    await toggle.click();
    await section.getByRole("switch", { name: label, checked: false }).waitFor();
    expect(await statuses()).toEqual([200, 200, 200]);
  });

  test("a switch that is refused stays where it is, and its row says why", async () => {
    await using dashboard = await openDashboard(browser());
    const { page, server } = dashboard;
    const { projectId } = server.platform.credentials;
    await dashboard.signIn();
    await dashboard.open(`/projects/${projectId}/configuration/settings`);
    const label = "Protect Fax Media URLs";
    const row = page.getByRole("listitem").filter({ hasText: label });
    await row.getByRole("switch", { checked: false }).waitFor();
    await page.route("**/api/projects/*", (route) =>
      route.request().method() === "PATCH"
        ? route.fulfill({ status: 401, json: { error: "Unauthorized" } })
        : route.continue(),
    );
    await row.getByRole("switch").click();
    expect(await row.getByRole("alert").textContent()).toContain("401");
    expect(await row.getByRole("switch").getAttribute("aria-checked")).toBe("false");
    expect(await page.getByRole("alert").count()).toBe(1);
    expect(server.platform.projects.get(projectId)?.protectedSince.faxMedia).toBeNull();
  });

  test("the details are the project's, and a switch that others turned is shown at once", async () => {
    await using dashboard = await openDashboard(browser());
    const { page, server } = dashboard;
    const { projectId } = server.platform.credentials;
    await dashboard.signIn();
    await dashboard.open(`/projects/${projectId}/configuration/details`);
    const panel = page.getByRole("tabpanel", { name: "Project Details" });
    await panel.getByText("15 Jan 2026, 09:00 UTC").waitFor();
    expect(await panel.getByRole("definition").first().textContent()).toBe("Example project");
    await page.getByRole("tab", { name: "Settings" }).click();
    const toggle = page.getByRole("switch", { name: "Protect Recording Media URLs" });
    await toggle.waitFor();
    server.platform.setProtection(projectId, { recordings: true });
    await page.getByRole("switch", { name: /Recording/, checked: true }).waitFor();
  });
});

describe("signing in", () => {
  test("a wrong token is refused in words, and the right one then opens the projects", async () => {
    await using dashboard = await openDashboard(browser());
    const { page, server } = dashboard;
    await page.getByLabel("API token").fill("PTmock-wrong");
    await page.getByRole("button", { name: "Sign in" }).click();
    const said = await page.getByRole("alert").textContent();
    expect(said).toContain("Check the project ID, the API token");
    expect(said).not.toContain("PTmock-wrong");
    await page.getByLabel("API token").fill(server.platform.credentials.apiToken);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("link", { name: "Example subproject" }).waitFor();
  });

  test("one is signed in until the tab is closed: after a reload, too, and in no other tab", async () => {
    await using dashboard = await openDashboard(browser());
    const { page, server } = dashboard;
    await dashboard.signIn();
    await page.reload();
    await page.getByRole("link", { name: "Example subproject" }).waitFor();
    const { apiToken } = server.platform.credentials;
    const elsewhere = await page.evaluate(
      () => JSON.stringify(localStorage) + document.cookie + location.href,
    );
    expect(elsewhere).not.toContain(apiToken);
    const other = await page.context().newPage();
    await other.goto(server.url);
    await other.getByRole("heading", { name: "Sign in" }).waitFor();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain(apiToken);
    await page.reload();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
  });

  test("credentials that open nothing any more are forgotten", async () => {
    await using dashboard = await openDashboard(browser());
    const { page, server } = dashboard;
    await dashboard.signIn();
    server.platform.revokeToken(server.platform.credentials.apiToken);
    await page.reload();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  });

  test("a token that somebody chose for the mock is not told", async () => {
    const apiToken = "PTmock-chosen-by-somebody";
    await using dashboard = await openDashboard(browser(), {}, { platform: { apiToken } });
    const { page, server } = dashboard;
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    expect(await page.getByLabel("API token").inputValue()).toBe("");
    const described = await (await fetch(`${server.url}/__mock/platform`)).text();
    expect(JSON.parse(described)).toEqual({
      spaceName: "example",
      origins: server.origins,
      projectId: server.platform.credentials.projectId,
      apiToken: null,
    });
    await page.getByLabel("API token").fill(apiToken);
    await dashboard.signIn();
  });
});
