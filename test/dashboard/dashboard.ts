import { startMockServer } from "@media-protection/mock/server";
import { type BrowserContextOptions, chromium, type Locator, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { findChromium } from "../helpers/packages/chromium.js";

/** A real browser. */
export type Browser = Awaited<ReturnType<typeof chromium.launch>>;

/** What went wrong in pages, but for answers that are failures: those are tested. */
const problems: string[] = [];

/** A browser for the tests of a file; each of them fails if something goes wrong in its page. */
export function useBrowser(): () => Browser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await chromium.launch(await findChromium());
  });
  afterEach(() => {
    expect(problems.splice(0)).toEqual([]);
  });
  afterAll(() => browser?.close());
  return () => {
    if (browser === undefined) throw new Error("The browser starts before the first test.");
    return browser;
  };
}

type Server = Awaited<ReturnType<typeof startMockServer>>;

/** A mock server of its own, and its dashboard in a page of its own. */
export interface Dashboard extends AsyncDisposable {
  readonly server: Server;
  readonly page: Page;
  /** Signs in as the seeded project. */
  signIn(): Promise<void>;
  /** Opens a page by its fragment, without a reload, which would sign out. */
  open(fragment: string): Promise<void>;
}

/** Opens the dashboard, as whoever starts the mock finds it. */
export async function openDashboard(
  browser: Browser,
  options: BrowserContextOptions = {},
  mock: Parameters<typeof startMockServer>[0] = {},
): Promise<Dashboard> {
  const server = await startMockServer({ port: 0, ...mock });
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on("pageerror", ({ message }) => problems.push(message));
  page.on("console", (message) => {
    const text = message.text();
    if (message.type() === "error" && !text.startsWith("Failed to load resource")) {
      problems.push(text);
    }
  });
  await page.goto(server.url);
  return {
    server,
    page,
    async signIn() {
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByRole("heading", { name: "Projects", exact: true }).waitFor();
    },
    async open(fragment) {
      await page.evaluate((hash) => {
        location.hash = hash;
      }, fragment);
    },
    async [Symbol.asyncDispose]() {
      await context.close();
      await server.close();
    },
  };
}

/** Opens the media of the seeded project, and waits until all of it is listed. */
export async function openMedia({ server, page, open }: Dashboard): Promise<void> {
  await open(`/projects/${server.platform.credentials.projectId}/media`);
  await page.getByRole("heading", { name: /^Fax / }).nth(1).waitFor();
}

/** One medium on the page of media. */
export function card(page: Page, id: string): Locator {
  const heading = page.getByRole("heading", { name: id.slice(0, 8) });
  return page.getByRole("listitem").filter({ has: heading });
}

/** A medium of each kind that the seeded project has. */
export function seeded({ server: { platform } }: Dashboard) {
  const { projectId } = platform.credentials;
  const recording = platform.recordings.of(projectId)[0]?.entity;
  const message = platform.messages.of(projectId)[0]?.entity;
  const picture = platform.messageMedia.of(message?.id ?? "")[0]?.entity;
  const fax = platform.faxes.of(projectId)[0]?.entity;
  const document = platform.faxMedia.of(fax?.id ?? "")[0]?.entity;
  if (!recording || !picture || !document) throw new Error("The seed has a medium of each kind.");
  return { recording, picture, document };
}
