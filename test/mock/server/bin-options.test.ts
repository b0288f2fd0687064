import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { startCommand } from "../../helpers/processes/command.js";
import { basic, json, sending } from "../scene.js";

const bin = fileURLToPath(new URL("../../../mock/dist/bin.js", import.meta.url));

interface Projects {
  readonly data: readonly { readonly id: string; readonly name: string }[];
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "mock-bin-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** How many items a list of the compatibility API has, on all pages. */
async function countOf(command: Awaited<ReturnType<typeof startCommand>>, list: string) {
  const { space, projectId, headers } = command;
  const url = `${space}/api/laml/2010-04-01/Accounts/${projectId}/${list}.json?PageSize=1000`;
  const answer = await json<Record<string, unknown>>(fetch(url, { headers }));
  const items = answer[list.toLowerCase()];
  return Array.isArray(items) ? items.length : -1;
}

test("the README tells every option, and no other", async () => {
  const readme = await readFile(new URL("../../../mock/README.md", import.meta.url), "utf8");
  const [table = ""] = /(?<=^\| option \| default \|.*\n)(\|.*\n)+/m.exec(readme) ?? [];
  const told = table
    .split("\n")
    .flatMap((row) => row.split("|")[1]?.match(/--[a-z][a-z-]*/g) ?? []);
  const { stdout } = spawnSync(process.execPath, [bin, "--help"], { encoding: "utf8" });
  const known = [...stdout.matchAll(/^ {2}(?:-h, )?(--[a-z-]+)/gm)].map(([, name]) => name);
  expect(told.sort()).toEqual(known.filter((name) => name !== "--help").sort());
});

describe("what is there at first", () => {
  test("is less with --empty, and more with --media", async () => {
    const usual = await startCommand("--quiet");
    const empty = await startCommand("--quiet", "--empty");
    const full = await startCommand("--quiet", "--empty", "--media", "8");
    const lists = ["Recordings", "Messages", "Faxes"];
    const counts = (command: typeof usual) =>
      Promise.all(lists.map((list) => countOf(command, list)));
    expect(await counts(usual)).toEqual([3, 2, 2]);
    expect(await counts(empty)).toEqual([0, 0, 0]);
    expect(await counts(full)).toEqual([3, 3, 2]);
    expect(empty.lines.join("\n")).toContain("# Protect recordings");
    expect(empty.lines.join("\n")).not.toContain("# Now it is denied");
  });

  test("has other ids with --seed, and the same with the same", async () => {
    const ids = async (...args: readonly string[]) => {
      const { space, projectId, headers } = await startCommand("--quiet", ...args);
      const url = `${space}/api/laml/2010-04-01/Accounts/${projectId}/Recordings.json`;
      const { recordings } = await json<{ recordings: { sid: string }[] }>(fetch(url, { headers }));
      return recordings.map(({ sid }) => sid);
    };
    const [usual, other, again] = [await ids(), await ids("--seed", "7"), await ids("--seed", "7")];
    expect(other).not.toEqual(usual);
    expect(again).toEqual(other);
  });

  test.each([
    [["--cors"], true],
    [["--no-cors"], false],
    [[], true],
    [["--no-cors", "--switch", "cors=true"], false],
    [["--switch", "cors=false"], false],
  ] as const)("may be read by other pages with %j: %s", async (args, open) => {
    const { space } = await startCommand("--quiet", ...args);
    const { headers } = await fetch(`${space}/api/projects`);
    expect(headers.get("access-control-allow-origin")).toBe(open ? "*" : null);
  });
});

describe("--state", () => {
  test("survives a restart, and a kill that no program can see coming", async () => {
    const state = join(await temporaryFolder(), "state.json");
    const projects = async ({ space, headers }: Awaited<ReturnType<typeof startCommand>>) => {
      const { data } = await json<Projects>(fetch(`${space}/api/projects`, { headers }));
      return data.map(({ name }) => name);
    };
    const add = ({ space, headers }: Awaited<ReturnType<typeof startCommand>>, name: string) =>
      fetch(`${space}/api/projects`, sending("POST", headers, { name }));

    const first = await startCommand("--quiet", "--state", state);
    await add(first, "Before a restart");
    expect(await first.end()).toBe(0);
    const second = await startCommand("--quiet", "--state", state);
    expect(await projects(second)).toContain("Before a restart");
    await add(second, "Before a crash");
    await second.end("SIGKILL");
    const third = await startCommand("--quiet", "--state", state);
    expect(await projects(third)).toEqual(
      expect.arrayContaining(["Before a restart", "Before a crash"]),
    );
  });

  test("of another token is used with that", async () => {
    const state = join(await temporaryFolder(), "state.json");
    await (await startCommand("--state", state, "--api-token", "PT-canary")).end();
    const { space, projectId, lines } = await startCommand("--state", state);
    const headers = basic(projectId, "PT-canary");
    expect((await fetch(`${space}/api/projects`, { headers })).status).toBe(200);
    expect(lines.join("\n")).not.toContain("PT-canary");
  });

  test("that cannot be used is one line, status 1, and left alone", async () => {
    const state = join(await temporaryFolder(), "state.json");
    await writeFile(state, '{"format":"media-protection-mock state","ver');
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [bin, "--port", "0", "--state", state],
      {
        encoding: "utf8",
      },
    );
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toBe(
      `media-protection-mock: The state in ${state} cannot be used: it is no JSON, or the end of it is missing. Move it away to begin anew.\n`,
    );
    expect(await readFile(state, "utf8")).toHaveLength(44);
  });
});

test.each([
  ["--strict", "@stoplight/prism-http"],
  ["--https", "selfsigned"],
])("%s says what to install where %s is not", (option, missing) => {
  const hook = `export async function resolve(specifier, context, next) {
    if (specifier !== ${JSON.stringify(missing)}) return next(specifier, context);
    throw Object.assign(new Error("not there"), { code: "ERR_MODULE_NOT_FOUND" });
  }`;
  const url = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;
  const register = `import { register } from "node:module"; register(${JSON.stringify(url(hook))});`;
  const args = ["--import", url(register), bin, "--port", "0", option];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(stderr.split("\n")).toEqual([
    expect.stringMatching(new RegExp(`^media-protection-mock: .*: npm install ${missing}\\.$`)),
    "",
  ]);
  expect(status).toBe(1);
});

describe("--strict", () => {
  test("shows violations, and ends with status 1 for them", async () => {
    const command = await startCommand("--strict");
    const { space, headers, lines, until } = command;
    await fetch(`${space}/api/projects?page_size=many`, { headers });
    await until(() => lines.some((line) => line.includes("page_size must be integer")));
    expect(lines.some((line) => line.includes("!!! GET /api/projects"))).toBe(true);
    expect(await command.end()).toBe(1);
  });

  test("ends with status 0 where there is none", async () => {
    const command = await startCommand("--strict", "--quiet");
    const { space, headers } = command;
    expect((await fetch(`${space}/api/projects`, { headers })).status).toBe(200);
    expect(await command.end()).toBe(0);
  });
});

test("--https puts the certificate into a file for clients, and takes it away at the end", async () => {
  const command = await startCommand("--quiet", "--https");
  expect(command.space).toMatch(/^https:/);
  const text = command.lines.join("\n");
  const [, file = ""] = /^export NODE_EXTRA_CA_CERTS='(\S+)'$/m.exec(text) ?? [];
  expect(text).toContain('curl --cacert "$NODE_EXTRA_CA_CERTS" ');
  const ca = await readFile(file);
  const status = await new Promise((resolve, reject) => {
    get(`${command.space}/api/projects`, { ca, agent: false }, (response) => {
      resolve(response.statusCode);
      response.resume();
    }).on("error", reject);
  });
  expect(status).toBe(401);
  expect(await command.end()).toBe(0);
  expect(existsSync(join(file, ".."))).toBe(false);
});

describe("--host", () => {
  test("warns when others can reach it", async () => {
    const { errors, space } = await startCommand("--quiet", "--host", "0.0.0.0");
    expect(space).toMatch(/^http:\/\/127\.0\.0\.1:/);
    expect(errors()).toMatch(/^media-protection-mock: 0\.0\.0\.0 can be reached by others\. .*\n$/);
  });

  test.each(["127.0.0.1", "localhost"])("does not for %s", async (host) => {
    const { errors } = await startCommand("--quiet", "--host", host);
    expect(errors()).toBe("");
  });
});

describe("a signal", () => {
  test("lets requests that are being answered finish, and takes no others", async () => {
    const command = await startCommand("--quiet");
    const { space, child } = command;
    const size = 16 * 1024 * 1024;
    const added = await fetch(`${space}/__mock/media`, {
      method: "POST",
      body: JSON.stringify({ kind: "recording", size }),
    });
    const { urls } = await json<{ urls: { space: string } }>(added);
    // More than fits into the buffers of a socket, so that the answer is in the making.
    const response = await fetch(urls.space);
    const reader = response.body?.getReader();
    let got = (await reader?.read())?.value?.length ?? 0;
    child.kill("SIGTERM");
    // It listens no more before it ends.
    while (
      await fetch(`${space}/api/projects`).then(
        () => true,
        () => false,
      )
    );
    for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
      got += part.value.length;
    }
    expect(got).toBe(size);
    expect(await command.ended).toBe(0);
  });

  test("ends it though a client keeps its connection, or does not finish its request", async () => {
    const command = await startCommand("--quiet");
    const { space } = command;
    await (await fetch(`${space}/api/projects`)).text();
    const endless = new ReadableStream({ start: (to) => to.enqueue(new Uint8Array([123])) });
    const headers = command.headers;
    const init = { method: "POST", headers, body: endless, duplex: "half" };
    // It is in the middle of being sent for as long as the server lives.
    const unfinished = fetch(`${space}/api/projects`, init as RequestInit).catch(() => "cut off");
    expect(await command.end()).toBe(0);
    expect(await unfinished).toBe("cut off");
  });
});

describe("what cannot be", () => {
  const oneLine = (message: string) => new RegExp(`^media-protection-mock: .*${message}.*\\n$`);

  test.each([
    [["--seed", "x"], "whole number"],
    [["--media", "-1"], "from 0 to 100000"],
    [["--media", "1000000"], "from 0 to 100000"],
    [["--import", "/no/such/folder"], "ENOENT: /no/such/folder"],
    [["--state", "/no/such/folder/state.json"], "cannot be written \\(ENOENT\\)"],
    [
      ["--switch", "deniedStatus=418"],
      'Switch "deniedStatus" cannot be "418". Allowed: 401, 403, 404',
    ],
  ] as const)("is %j: one line, status 1", (args, message) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, "--port", "0", ...args], {
      encoding: "utf8",
    });
    expect(stderr).toMatch(oneLine(message));
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  });
});
