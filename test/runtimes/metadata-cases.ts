import { check } from "./check.js";
import type { World } from "./world.js";
import { type Case, clientOf } from "./world-client.js";

export function toggleCases(world: World): Record<string, Case> {
  const client = clientOf(world);
  return {
    "only the switch that is named changes": async () => {
      const off = { recordings: false, messageMedia: false, faxMedia: false };
      check(await client.protection.disable("all"), off);
      check(await client.protection.set({ messageMedia: true }), { ...off, messageMedia: true });
      check(await client.protection.get(), { ...off, messageMedia: true });
      check(await client.protection.disable("all"), off);
    },
    "a public URL is denied at once, and public again": async () => {
      for (const { space } of world.media) {
        await client.protection.enable("all");
        check(await anonymousStatus(space), 401, space);
        await client.protection.disable("all");
        check(await anonymousStatus(space), 200, space);
      }
    },
  };
}

async function anonymousStatus(url: string): Promise<number> {
  const response = await fetch(url);
  await response.arrayBuffer();
  return response.status;
}

export function listCases(world: World): Record<string, Case> {
  const client = clientOf(world);
  return {
    "the projects, over several pages": async () => {
      const ids: string[] = [];
      for await (const { id } of client.projects.list({ pageSize: 1 })) ids.push(id);
      check(ids, world.projectIds);
    },
    "the recordings, over several pages, each of which can be downloaded": async () => {
      const ids: string[] = [];
      for await (const recording of client.recordings.list({ pageSize: 2 })) {
        ids.push(recording.id);
        const media = await client.media.download(recording);
        check((await media.bytes()).length, media.contentLength, recording.id);
      }
      check(ids.sort(), [...world.recordingIds].sort());
    },
    "the contract's own client, through the same transport": async () => {
      const { data } = await client.api.GET("/api/projects/{id}", {
        params: { path: { id: world.projectId } },
      });
      check(data?.id, world.projectId);
    },
  };
}
