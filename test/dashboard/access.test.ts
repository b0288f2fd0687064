import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { type Dashboard, openDashboard, openMedia, useBrowser } from "./dashboard.js";

// Whether everybody can use it: keyboards, screen readers, light and dark, small screens.

const browser = useBrowser();
let axe: string;
beforeAll(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
});

/** Every page in every state of interest, one after the other; `look` is called at each. */
async function walk(dashboard: Dashboard, look: (what: string) => Promise<void>): Promise<void> {
  const { page, server } = dashboard;
  const { projectId } = server.platform.credentials;
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await look("sign-in");
  const token = page.getByLabel("API token");
  await token.fill("PTmock-wrong");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("alert").waitFor();
  await look("sign-in refused");
  await token.fill(server.platform.credentials.apiToken);
  await dashboard.signIn();
  await page.getByRole("link", { name: "Example subproject" }).waitFor();
  await look("projects");
  await page.getByRole("link", { name: "Example project" }).click();
  await page.getByRole("button", { name: "Example project" }).click();
  await page.getByRole("menuitem", { name: "Media" }).waitFor();
  await look("project with its menu");
  await page.getByRole("menuitem", { name: "Project Configuration" }).click();
  await page.getByText("Created").waitFor();
  await look("details");
  await page.getByRole("tab", { name: "Settings" }).click();
  await page.getByRole("switch").first().click();
  await page.getByRole("switch", { checked: true }).waitFor();
  await look("settings");
  await openMedia(dashboard);
  for (const name of [/credentials: Recording/, /credentials: Attachment/]) {
    await page.getByRole("button", { name }).first().click();
  }
  await page.getByText("200 OK").waitFor();
  await page.getByText("401 Unauthorized").waitFor();
  await look("media");
  await dashboard.open("/journal");
  await page.getByRole("table").waitFor();
  await look("journal");
  await dashboard.open(`/projects/${projectId.replace(/.$/, "9")}`);
  await page.getByRole("alert").waitFor();
  await look("no such project");
}

async function violations(page: Page): Promise<string[]> {
  // Evaluated from outside, which the page's own policy of contents does not concern.
  await page.evaluate(axe);
  const results = await page.evaluate<AxeResults>(
    "axe.run(document, { resultTypes: ['violations'] })",
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

describe.each(["light", "dark"] as const)("%s", (colorScheme) => {
  // The transitions between colours would be measured half-way.
  const options = { colorScheme, reducedMotion: "reduce" } as const;

  test.each([1100, 360])("axe finds no violation on any page, %i px wide", async (width) => {
    await using dashboard = await openDashboard(browser(), {
      ...options,
      viewport: { width, height: 800 },
    });
    const found: Record<string, string[]> = {};
    await walk(dashboard, async (what) => {
      const list = await violations(dashboard.page);
      if (list.length > 0) found[what] = list;
    });
    expect(found).toEqual({});
    const ground = await dashboard.page.evaluate(
      () => getComputedStyle(document.body).backgroundColor,
    );
    expect(ground).toBe(colorScheme === "dark" ? "rgb(17, 20, 24)" : "rgb(245, 246, 247)");
  });
});

test("no page scrolls sideways at 360 px", async () => {
  await using dashboard = await openDashboard(browser(), { viewport: { width: 360, height: 740 } });
  const { page, server } = dashboard;
  const name =
    "A project whose name is as long as names of projects sometimes are, without-a-break-".repeat(
      2,
    );
  server.platform.addProject({ name: name.slice(0, 160) });
  const wide: string[] = [];
  await walk(dashboard, async (what) => {
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > 360) wide.push(`${what}: ${width} px`);
  });
  expect(wide).toEqual([]);
});

/** Presses Tab until something of this name has the focus, and is seen to have it. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let count = 0; count < 40; count++) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate(() => {
      const one = document.activeElement;
      if (!(one instanceof HTMLElement)) return undefined;
      const labelled = document.getElementById(one.getAttribute("aria-labelledby") ?? "");
      const text = (labelled ?? one).innerText.trim();
      return { text, outline: getComputedStyle(one).outlineStyle };
    });
    if (found?.text !== name) continue;
    expect(found.outline).toBe("solid");
    return;
  }
  throw new Error(`Tab never reaches ${name}.`);
}

describe("by the keyboard alone", () => {
  test("one signs in, opens the configuration, turns a switch and comes back", async () => {
    await using dashboard = await openDashboard(browser());
    const { page, server } = dashboard;
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await tabTo(page, "Sign in");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "Example project" }).waitFor();
    await tabTo(page, "Example project");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Example project" }).waitFor();
    await tabTo(page, "Example project");
    await page.keyboard.press("ArrowDown");
    await page.getByRole("menu").waitFor();
    const focused = page.locator(":focus");
    expect(await focused.innerText()).toBe("Project Configuration");
    await page.keyboard.press("ArrowUp");
    expect(await focused.innerText()).toBe("Media");
    await page.keyboard.press("Escape");
    await page.getByRole("menu").waitFor({ state: "detached" });
    expect(await focused.getAttribute("aria-expanded")).toBe("false");
    await page.keyboard.press("Enter");
    await page.getByRole("menu").waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Project Configuration" }).waitFor();
    expect(await focused.evaluate(({ tagName }) => tagName)).toBe("H1");
    await tabTo(page, "Project Details");
    await page.keyboard.press("ArrowRight");
    await page.getByRole("switch").first().waitFor();
    expect(await focused.innerText()).toBe("Settings");
    await tabTo(page, "Protect Message Media URLs");
    await page.keyboard.press("Space");
    await page.getByRole("switch", { name: /Message/, checked: true }).waitFor();
    const { projectId } = server.platform.credentials;
    expect(server.platform.projects.get(projectId)?.protectedSince.messageMedia).not.toBeNull();
  });
});
