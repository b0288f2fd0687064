import {
  controlExport,
  exportMedia,
  folderTarget,
  planExport,
  reconcile,
  type Target,
} from "@media-protection/export";
import { bytesFile } from "@media-protection/mock";
import { createClient } from "@media-protection/sdk";
import { expect, onTestFinished, test } from "vitest";
import { firstDay, savedIn, startExportScene } from "../helpers/export/export-scene.js";

// What is wrong with one medium, one shard or one project is in the way of no other.

const everything = { projects: "own", kinds: "all" } as const;
const day = 86_400_000;
const bytes = (text: string, contentType = "audio/wav", extension = "wav") =>
  bytesFile({
    ...{ bytes: Buffer.from(text), contentType, extension },
    lastModified: new Date(firstDay),
  });

async function startScene() {
  const scene = await startExportScene();
  const target = folderTarget(scene.folder);
  onTestFinished(() => target.close());
  const { origins, platform } = scene.server;
  const clientWith = (options: Partial<Parameters<typeof createClient>[0]> = {}) =>
    createClient({
      ...{ space: origins.space, mediaOrigins: [origins.files], ...platform.credentials },
      ...{ retry: { minDelay: 1, maxDelay: 2 }, ...options },
    });
  return { ...scene, target, clientWith };
}

test("media that failed before are in the way of no new one, however many", async () => {
  const { platform, client, target } = await startScene();
  for (let index = 0; index < 60; index++) {
    const createdAt = firstDay + index * 60_000;
    const { recording } = platform.addRecording({ createdAt, wav: bytes(`one ${index}`) });
    if (index % 5 === 0) platform.faults.add({ kind: "status", status: 403, media: recording.id });
  }
  // One after the other, so that no two of those that fail follow each other the first time.
  const options = { ...everything, target, concurrency: 1 };
  expect(await exportMedia(client, options)).toMatchObject({ saved: 48, failed: 12 });
  for (let index = 0; index < 5; index++) {
    const createdAt = firstDay + 3 * day + index;
    platform.addRecording({ createdAt, wav: bytes(`new ${index}`) });
  }
  expect(await exportMedia(client, options)).toMatchObject({ saved: 5, failed: 12 });
  // Ten new ones in a row still end it.
  for (let index = 0; index < 10; index++) {
    const createdAt = firstDay + 5 * day + index;
    const { recording } = platform.addRecording({ createdAt, wav: bytes(`refused ${index}`) });
    platform.faults.add({ kind: "status", status: 403, media: recording.id });
  }
  await expect(exportMedia(client, options)).rejects.toMatchObject({ reason: "failing" });
});

test.each([
  ["message", "messageMedia", /Messages\/[0-9a-f-]+\/Media/],
  ["fax", "faxMedia", /Faxes\/[0-9a-f-]+\/Media/],
] as const)(
  "a %s that is deleted between its page and its media is passed over",
  async (_, kind, path) => {
    const { platform, clientWith, target } = await startScene();
    const add = (index: number) => {
      const createdAt = firstDay + index;
      const file = bytes(`${index}`, "application/pdf", "pdf");
      if (kind === "faxMedia") return platform.addFaxMedia({ createdAt, file }).fax;
      return platform.addMessageMedia({ createdAt, file }).message;
    };
    const [, deleted] = [0, 1, 2, 3].map(add);
    const parents = kind === "faxMedia" ? platform.faxes : platform.messages;
    const client = clientWith({
      onRequest: ({ url }) => {
        if (path.test(url)) parents.delete(deleted?.id ?? "");
      },
    });
    expect(await exportMedia(client, { ...everything, target })).toMatchObject({ saved: 3 });
    const compared = await reconcile(client, { ...everything, target });
    expect(compared).toMatchObject({ isComplete: true });
  },
);

test("of a tree, a project that is deleted meanwhile is passed over; one that is named is an error", async () => {
  const { platform, clientWith, target } = await startScene();
  platform.addRecording({ createdAt: firstDay, wav: bytes("own") });
  const sub = platform.addProject({ name: "Sub" });
  let listed = 0;
  const client = clientWith({
    projects: "tree",
    onRequest: ({ url }) => {
      if (url.includes(`/${sub.id}/`) && ++listed === 1) platform.projects.delete(sub.id);
    },
  });
  const report = await exportMedia(client, { ...everything, projects: "tree", target });
  expect(report).toMatchObject({ saved: 1, isComplete: true });
  expect(listed).toBeGreaterThan(0);
  const named = exportMedia(client, { ...everything, projects: [sub.id], target });
  await expect(named).rejects.toMatchObject({ name: "NotFoundError" });
});

test("shards that a run with other credentials has left are left to it", async () => {
  const { platform, client, clientWith, target } = await startScene();
  const { projectId } = platform.credentials;
  const sub = platform.addProject({ name: "Sub" });
  const { token } = platform.addToken({
    ...{ projectId: sub.id, scopes: ["calling", "fax", "messaging", "storage"] },
  });
  platform.addRecording({ createdAt: firstDay, wav: bytes("one") });
  platform.addRecording({ createdAt: firstDay, wav: bytes("other"), projectId: sub.id });
  platform.setProtection(projectId, { recordings: true });
  for await (const _ of planExport(client, { ...everything, target }));
  const other = clientWith({ projectId: sub.id, apiToken: token });
  const report = await exportMedia(other, { ...everything, target });
  expect(report).toMatchObject({ saved: 1, failed: 0, isComplete: true });
  expect([...(await savedIn(target)).values()]).toMatchObject([{ projectId: sub.id }]);
  // And of another kind likewise.
  const faxes = await exportMedia(client, { ...everything, kinds: ["faxMedia"], target });
  expect(faxes).toMatchObject({ saved: 0 });
  expect(await exportMedia(client, { ...everything, target })).toMatchObject({ saved: 1 });
});

test("values that make a name too long are cut, the id never; what cannot be cut fails alone", async () => {
  const { platform, client, target, folder } = await startScene();
  const name = "名".repeat(40);
  platform.addRecording({ createdAt: firstDay, wav: bytes("one") });
  const { media } = platform.addMessageMedia({
    ...{ createdAt: firstDay, from: name, to: name },
    file: bytes("other", "image/jpeg", "jpg"),
  });
  const template = "{from}-{to}-{id}.{ext}";
  expect(await exportMedia(client, { ...everything, target, template })).toMatchObject({
    saved: 2,
  });
  const cut = "名".repeat(20);
  expect((await savedIn(target)).get(media.id)?.key).toBe(`${cut}-${cut}-${media.id}.jpg`);

  const narrow = folderTarget(`${folder}/narrow`);
  onTestFinished(() => narrow.close());
  const long = `${"{from}".repeat(12)}{id}.{ext}`;
  const report = await exportMedia(client, { ...everything, target: narrow, template: long });
  expect(report).toMatchObject({ saved: 1, failed: 1 });
});

test("cancelled, a run ends the shards that it has, whichever sees it first", async () => {
  const { platform, clientWith, target, folder } = await startScene();
  for (let index = 0; index < 30; index++) {
    const createdAt = firstDay + (index % 3) * day + index;
    platform.addRecording({ createdAt, wav: bytes(`${index}`) });
  }
  let asked = 0;
  const client = clientWith({
    onRequest: async ({ url }) => {
      if (!/\/Recordings\/[0-9a-f-]{36}/.test(url)) return;
      if (++asked === 2) await controlExport(folderTarget(folder), "cancel");
    },
  });
  const cancelled = exportMedia(client, { ...everything, target, shardSize: 5, concurrency: 1 });
  await expect(cancelled).rejects.toMatchObject({ name: "ExportCancelledError" });
  const names: string[] = [];
  for await (const one of target.documents.list("recording/")) names.push(one);
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((one) => /\.(?:plan|part)\.jsonl$/.test(one))).toEqual([]);
});

test("a run that got nowhere fixes no template; an empty window is an error", async () => {
  const { platform, client, clientWith, target } = await startScene();
  platform.addRecording({ createdAt: firstDay, wav: bytes("one") });
  const refused = exportMedia(clientWith({ apiToken: "PTsyntheticwrong" }), {
    ...{ ...everything, target, template: "{id}.{ext}" },
  });
  await expect(refused).rejects.toMatchObject({ name: "AuthenticationError" });
  const [since, until] = [new Date(firstDay), new Date(firstDay - 1)];
  const empty = exportMedia(client, { ...everything, target, since, until });
  await expect(empty).rejects.toMatchObject({ name: "OptionError", option: "until" });
  expect(await exportMedia(client, { ...everything, target })).toMatchObject({ saved: 1 });
  expect(await jobOf(target)).toMatchObject({ template: expect.stringContaining("{kind}") });
});

async function jobOf({ documents }: Target): Promise<unknown> {
  return JSON.parse((await documents.read("job.json")) ?? "null");
}
