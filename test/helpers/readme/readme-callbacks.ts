import { createHmac } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import type { Workbench } from "./readme.js";

const signingKey = "PSKsynthetic";

/** The README's handler gets a callback, a forged one, and one that is too long. */
export async function callbacks(code: string, bench: Workbench): Promise<void> {
  const { recording, urls } = bench.server.platform.addRecording({ seconds: 1 });
  const { credentials } = bench.server.platform;
  const fields = {
    AccountSid: credentials.projectId,
    RecordingSid: recording.id,
    RecordingStatus: "completed",
    RecordingUrl: urls.space,
  };
  const signed = `https://hooks.example.com/callback${Object.entries(fields).flat().join("")}`;
  const signedWith = (key: string) => createHmac("sha256", key).update(signed).digest("base64");
  const signature = signedWith(signingKey);
  const sent = [
    [signature, fields],
    [signedWith("PSKanother"), fields],
    [signature, { Body: "x".repeat(1024 * 1024) }],
  ];
  const driver = `
    import { POST } from "./snippet.mjs";
    for (const [signature, fields] of ${JSON.stringify(sent)}) {
      const headers = { "x-signalwire-sha256-signature": signature };
      const body = new URLSearchParams(fields);
      const request = new Request("http://127.0.0.1/callback", { method: "POST", body, headers });
      const response = await POST(request);
      console.log(response.status, await response.text());
    }`;
  const { stdout } = await bench.run(code, { SIGNALWIRE_SIGNING_KEY: signingKey }, driver);
  expect(stdout).toBe("204 \n403 \n413 \n");
  expect(await readdir(join(bench.folder, "media"))).toEqual([`${recording.id}.wav`]);
}

/** The README's look-up gets a subproject's callback, and one that its key signed for another. */
export async function keysOfSubprojects(code: string, bench: Workbench): Promise<void> {
  const { projectId } = bench.server.platform.credentials;
  const sub = bench.server.platform.addProject().id;
  const sent = [
    [sub, "PSKsub"],
    [projectId, "PSKsub"],
  ].map(([id, key = ""]) => [
    id,
    createHmac("sha256", key)
      .update(`https://hooks.example.com/callbackAccountSid${id}`)
      .digest("base64"),
  ]);
  const driver = `
    import { projectOf } from "./snippet.mjs";
    for (const [AccountSid, signature] of ${JSON.stringify(sent)}) {
      const headers = { "x-signalwire-sha256-signature": signature };
      const body = new URLSearchParams({ AccountSid });
      const request = new Request("https://hooks.example.com/callback", { method: "POST", body, headers });
      console.log(await projectOf(request).catch((error) => error.reason));
    }`;
  const keys = {
    SIGNALWIRE_SIGNING_KEY: signingKey,
    SUBPROJECT_ID: sub,
    SUBPROJECT_SIGNING_KEY: "PSKsub",
  };
  expect((await bench.run(code, keys, driver)).stdout).toBe(`${sub}\nmismatch\n`);
}
