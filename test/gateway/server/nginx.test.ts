import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { join } from "node:path";
import { createLinks, generateKey } from "@media-protection/gateway/links";
import { nginxAuthorization, nginxConfig, startGateway } from "@media-protection/gateway/node";
import { createClient } from "@media-protection/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  canary,
  type GatewayScene,
  gatewayScene,
  listen,
} from "../../helpers/mock/gateway-scene.js";
import {
  freePort,
  type Nginx,
  nginxFolder,
  nginxIsThere,
  startNginx,
} from "../../helpers/processes/nginx.js";

describe.skipIf(!nginxIsThere("nginx moving the bytes"))(
  "a real nginx that moves the bytes",
  () => {
    let scene: GatewayScene;
    let nginx: Nginx;
    let base: string;

    beforeAll(async () => {
      const folder = await nginxFolder();
      const port = await freePort();
      base = `http://127.0.0.1:${port}`;
      const originsOf = ({ platform }: GatewayScene["mock"]) => [
        platform.origins.space,
        platform.origins.files,
      ];
      scene = await gatewayScene((mock) => ({
        accel: { origins: originsOf(mock) },
        publicUrl: base,
      }));
      const { projectId, apiToken } = scene.mock.platform.credentials;
      const authorizationFile = join(folder, "authorization.conf");
      await writeFile(authorizationFile, nginxAuthorization(projectId, apiToken), { mode: 0o600 });
      const server = nginxConfig({
        gateway: new URL(scene.running.url).host,
        origins: originsOf(scene.mock),
        authorizationFile,
        listen: `127.0.0.1:${port}`,
        accessLog: join(folder, "access.log"),
      });
      nginx = await startNginx(folder, port, server);
    });

    afterAll(async () => {
      await nginx?.[Symbol.asyncDispose]();
      await scene?.[Symbol.asyncDispose]();
    });

    test("sends the platform's bytes, whole and in ranges, with Node's fields once each", async () => {
      const { urls } = scene.mock.platform.addRecording({ seconds: 5 });
      const { projectId, apiToken } = scene.mock.platform.credentials;
      const authorization = `Basic ${btoa(`${projectId}:${apiToken}`)}`;
      const bytes = Buffer.from(
        await (await fetch(urls.spaceWav, { headers: { authorization } })).arrayBuffer(),
      );
      for (const url of [urls.spaceWav, urls.files]) {
        const answer = await fetch(await scene.link(url));
        expect(answer.status).toBe(200);
        const got = Buffer.from(await answer.arrayBuffer());
        const sha = (one: Buffer) => createHash("sha256").update(one).digest("hex");
        expect(sha(got)).toBe(sha(bytes));
        expect(answer.headers.get("content-disposition")).toMatch(
          /^inline; filename="recording-[\w-]{11}\.wav"$/,
        );
        expect(answer.headers.get("content-security-policy")).toBe("default-src 'none'; sandbox");
        expect(answer.headers.get("cache-control")).toMatch(/^private, max-age=\d+$/);
        expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
        expect(answer.headers.get("x-accel-redirect")).toBeNull();
      }
      const link = await scene.link(urls.spaceWav);
      const part = await fetch(link, { headers: { range: "bytes=100-199" } });
      expect([part.status, part.headers.get("content-range")]).toEqual([
        206,
        `bytes 100-199/${bytes.length}`,
      ]);
      expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes.subarray(100, 200));
      const etag = part.headers.get("etag") ?? "";
      expect((await fetch(link, { headers: { "if-none-match": etag } })).status).toBe(304);
    });

    test("nothing that a viewer sends reaches the platform, where it would go with the credentials", async () => {
      const seen: IncomingHttpHeaders[] = [];
      const platform = createServer((request, response) => {
        seen.push(request.headers);
        const id = /Recordings\/([\w-]+)/.exec(request.url ?? "")?.[1] ?? "";
        const version = seen.length === 1 ? `"v1-${id.toUpperCase()}"` : '"v1"';
        response.writeHead(200, { "content-type": "audio/wav", etag: version }).end("RIFF");
      });
      const space = await listen(platform);
      const { credentials } = scene.mock.platform;
      const keys = generateKey();
      await using node = await startGateway({
        client: createClient({ space, ...credentials }),
        keys,
        port: 0,
        accel: { origins: [space] },
        logger: { info: () => {}, warn: () => {}, error: () => {} },
      });
      const [folder, port] = [await nginxFolder(), await freePort()];
      const authorizationFile = join(folder, "authorization.conf");
      const { projectId, apiToken } = credentials;
      await writeFile(authorizationFile, nginxAuthorization(projectId, apiToken));
      const blocks = nginxConfig({
        gateway: new URL(node.url).host,
        origins: [space],
        authorizationFile,
        listen: `127.0.0.1:${port}`,
        accessLog: join(folder, "access.log"),
      });
      await using _ = await startNginx(folder, port, blocks);
      const source = scene.mock.platform.addRecording().urls.space;
      const { url } = await createLinks({ keys, publicUrl: `http://127.0.0.1:${port}` }).mint(
        source,
      );
      const answer = await fetch(url, {
        headers: {
          range: "bytes=0-1",
          authorization: "Bearer of-the-viewer",
          cookie: "session=1",
          referer: "https://crm.example.com/ticket/7",
          "x-http-method-override": "DELETE",
          "x-forwarded-for": "203.0.113.9",
          "user-agent": "viewer",
        },
      });
      expect(await answer.text()).toBe("RIFF");
      // A version is passed on, but not one that names the medium.
      expect(answer.headers.get("etag")).toBeNull();
      const basic = `Basic ${btoa(`${projectId}:${apiToken}`)}`;
      expect(seen).toEqual([
        {
          host: new URL(space).host,
          authorization: basic,
          range: "bytes=0-1",
          "accept-encoding": "identity",
          "user-agent": "media-protection-gateway",
        },
      ]);
      expect((await fetch(url)).headers.get("etag")).toBe('"v1"');
      platform.close();
      platform.closeAllConnections();
    });

    test("internal locations and Node's own routes for operators are closed to viewers", async () => {
      for (const path of ["/-media/0/api/laml", "/-media/1/x", "/metrics", "/healthz"]) {
        expect((await fetch(base + path)).status, path).toBe(404);
      }
    });

    test("credentials that are refused are a 502 without a login box; what is gone is 404", async () => {
      const { recording, urls } = scene.mock.platform.addRecording({ seconds: 1 });
      const link = await scene.link(urls.spaceWav);
      scene.mock.platform.faults.add({
        kind: "status",
        status: 401,
        media: recording.id,
        times: 1,
      });
      const refused = await fetch(link);
      expect([refused.status, refused.headers.get("www-authenticate")]).toEqual([502, null]);
      expect(refused.headers.get("cache-control")).toBe("no-store");
      expect(await refused.text()).toContain("cannot be fetched at present");
      scene.mock.platform.faults.clear();
      await scene.client.recordings.delete(recording.id);
      const gone = await fetch(link);
      expect([gone.status, gone.headers.get("cache-control")]).toEqual([404, "no-store"]);
    });

    test("no field, body or log of nginx has a link's token, the platform's URL or its credentials", async () => {
      const { urls } = scene.mock.platform.addRecording({ seconds: 1 });
      const link = await scene.link(urls.spaceWav);
      const { headers } = await fetch(link, { method: "HEAD" });
      const log = await nginx.read("access.log");
      const errors = await nginx.read("error.log");
      expect(log).not.toBe("");
      const seen = [JSON.stringify([...headers]), log, errors, ...scene.logged].join("\n");
      const token = new URL(link).pathname.split("/")[2] ?? "";
      const { projectId } = scene.mock.platform.credentials;
      for (const secret of [
        token,
        canary,
        btoa(`${projectId}:${canary}`),
        new URL(urls.space).host,
        projectId,
      ]) {
        expect(seen.includes(secret)).toBe(false);
      }
    });
  },
);
