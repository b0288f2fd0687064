import { execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readMarkdown, snippetsOf, toJavaScript, Workbench } from "../helpers/readme/readme.js";

// The recipe for Docker Compose, with a network namespace in the place of each container: the mock in
// one, the app in another, each reached by a name and never by loopback.

const root = resolve(import.meta.dirname, "../..");
const run = promisify(execFile);
const markdown = await readMarkdown("mock/README.md");
const [, arguments_ = ""] = /command: npx media-protection-mock (.*)$/m.exec(markdown) ?? [];
const recipe = snippetsOf(markdown).find(({ heading }) => heading === "Containers");
const environment = Object.fromEntries(
  [...markdown.matchAll(/^ {6}([A-Z_]+): (.+)$/gm)].map(([, name = "", value = ""]) => [
    name,
    value,
  ]),
);

const containers = { "media-mock": `mp-mock-${process.pid}`, app: `mp-app-${process.pid}` };
const addresses = { "media-mock": "10.203.77.1", app: "10.203.77.2" };

/** Why there can be no network namespaces here, if so. */
function obstacle(): string | undefined {
  try {
    execFileSync("ip", ["netns", "add", `${containers.app}-try`], { stdio: "pipe" });
    execFileSync("ip", ["netns", "delete", `${containers.app}-try`], { stdio: "pipe" });
    return undefined;
  } catch {
    return "network namespaces need Linux, root and the command `ip`";
  }
}
const missing = obstacle();

async function ip(...args: string[]): Promise<void> {
  await run("ip", args);
}

beforeAll(async () => {
  if (missing !== undefined) return;
  for (const [name, space] of Object.entries(containers)) {
    await ip("netns", "add", space);
    await ip("-n", space, "link", "set", "lo", "up");
    // What a container's resolver says, `ip netns exec` reads from here.
    await mkdir(`/etc/netns/${space}`, { recursive: true });
    const hosts = `127.0.0.1 localhost\n${addresses["media-mock"]} media-mock\n`;
    await writeFile(`/etc/netns/${space}/hosts`, hosts);
    expect(name).toMatch(/^(?:media-mock|app)$/);
  }
  const [mock, app] = [containers["media-mock"], containers.app];
  await ip("link", "add", "eth0", "netns", mock, "type", "veth", "peer", "eth0", "netns", app);
  for (const name of ["media-mock", "app"] as const) {
    await ip("-n", containers[name], "address", "add", `${addresses[name]}/24`, "dev", "eth0");
    await ip("-n", containers[name], "link", "set", "eth0", "up");
  }
});

afterAll(async () => {
  if (missing !== undefined) return;
  for (const space of Object.values(containers)) {
    await ip("netns", "delete", space).catch(() => undefined);
    await rm(`/etc/netns/${space}`, { recursive: true, force: true });
  }
});

test(`the recipe for containers${missing === undefined ? "" : `: not run, ${missing}`}`, async ({
  skip,
}) => {
  if (missing !== undefined) skip(missing);
  if (!recipe) throw new TypeError("The README has no example under Containers.");
  await using bench = await Workbench.open();
  const bin = join(root, "mock/dist/bin.js");
  const args = ["netns", "exec", containers["media-mock"], process.execPath, bin, "--json"];
  const mock = spawn("ip", [...args, ...arguments_.split(" ")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [introduction] = await once(mock.stdout.setEncoding("utf8"), "data");
    expect(introduction).toContain("http://media-mock:4010");
    expect(introduction).not.toContain("127.0.0.1");
    const code = join(bench.folder, "recipe.mjs");
    await writeFile(code, toJavaScript(recipe.code));
    const inApp = ["netns", "exec", containers.app, process.execPath, code];
    const { stdout } = await run("ip", inApp, { env: { ...process.env, ...environment } });
    expect(stdout).toMatch(/^(?:[0-9a-f-]{36}\.(?:wav|mp3) [1-9]\d+\n){2,}$/);
    // Without the option nothing is asked for, and nobody is told the token.
    const plain = { ...process.env, ...environment, MEDIA_MOCK: "" };
    await writeFile(code, toJavaScript(recipe.code.replace("allowInsecure: mock", "")));
    await expect(run("ip", inApp, { env: plain })).rejects.toMatchObject({
      stderr: expect.stringContaining("allowInsecure"),
    });
  } finally {
    mock.kill();
    await once(mock, "close");
  }
});
