import { generateKey } from "@media-protection/gateway";
import { describe, expect, test } from "vitest";
import {
  readMarkdown,
  snippetsOf,
  type Trial,
  typeErrors,
  Workbench,
} from "../helpers/readme/readme.js";

// Every TypeScript snippet of the gateway's README is run as it stands, against the mock.

const snippets = snippetsOf(await readMarkdown("packages/gateway/README.md"));

/** A recording of the mock, with the switch on by what is tried. */
function environment({ server }: Workbench) {
  return {
    RECORDING_URL: server.platform.addRecording({ seconds: 1 }).urls.space,
    MEDIA_GATEWAY_KEYS: generateKey(),
  };
}

const trials: Readonly<Record<string, Trial>> = {
  "A page that was broken plays again": async (code, bench) => {
    const plays = code.replace(
      "await close();",
      'const answer = await fetch(link.url);\nconsole.log(answer.status, answer.headers.get("content-type"), (await fetch(process.env.RECORDING_URL)).status);\nawait close();',
    );
    expect(plays).not.toBe(code);
    const { stdout } = await bench.run(plays, environment(bench));
    expect(stdout).toContain('<audio controls src="http://127.0.0.1:');
    expect(stdout).toContain("200 audio/wav 401");
  },
  "Mint links in your app": async (code, bench) => {
    const { stdout } = await bench.run(code, environment(bench));
    expect(stdout).toMatch(/^true [\w-]{11} 20/);
  },
  "As a Web handler": async (code, bench) => {
    const driver = `import handler from "./snippet.mjs";
      const answer = await handler.fetch(new Request("https://media.example.com/m/forged"));
      console.log(answer.status);`;
    const { stdout } = await bench.run(code, environment(bench), driver);
    expect(stdout).toBe("404\n");
  },
};

describe("packages/gateway/README.md", () => {
  test("each snippet has a trial here, and each trial a snippet", () => {
    expect(snippets.map(({ heading }) => heading)).toEqual(Object.keys(trials));
  });

  test("every snippet compiles in a strict project", async () => {
    expect(await typeErrors(snippets)).toEqual([]);
  });

  test.each(Object.entries(trials))("%s: the snippet does what it says", async (heading, trial) => {
    await using bench = await Workbench.open();
    await trial(snippets.find((one) => one.heading === heading)?.code ?? "", bench);
  });
});
