import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createLinks, generateKey } from "@media-protection/gateway/links";
import {
  nginxAuthorization,
  nginxConfig,
  type RunningGateway,
  startGateway,
} from "@media-protection/gateway/node";
import { type MockServer, startMockServer } from "@media-protection/mock/server";
import { createClient } from "@media-protection/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { selfSigned } from "../../helpers/origins/certificate.js";
import {
  freePort,
  type Nginx,
  nginxFolder,
  nginxIsThere,
  startNginx,
} from "../../helpers/processes/nginx.js";

/** A DNS server that knows loopback alone: nginx asks one for hosts that it is led to. */
async function loopbackNames(): Promise<{ readonly socket: Socket; readonly at: string }> {
  const socket = createSocket("udp4");
  socket.on("message", (query, { address, port }) => {
    const end = query.indexOf(0, 12) + 5;
    const isV4 = query.readUInt16BE(end - 4) === 1;
    const head = Buffer.from(query.subarray(0, 12));
    head.writeUInt16BE(0x8180, 2);
    head.writeUInt16BE(isV4 ? 1 : 0, 6);
    head.writeUInt16BE(0, 10);
    const found = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 9, 0, 4, 127, 0, 0, 1]);
    socket.send(
      Buffer.concat([head, query.subarray(12, end), ...(isV4 ? [found] : [])]),
      port,
      address,
    );
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return { socket, at: `127.0.0.1:${socket.address().port}` };
}

describe.skipIf(!nginxIsThere("nginx before a platform over TLS"))(
  "nginx, the platform over TLS",
  () => {
    const keys = generateKey();
    const links = (port: number) => createLinks({ keys, publicUrl: `http://127.0.0.1:${port}` });
    const trouble = "The medium cannot be fetched at present. Its owner has been told.\n";
    let mock: MockServer;
    let node: RunningGateway;
    let names: Socket;
    const servers: Nginx[] = [];
    /** One trusts the platform's certificate, another somebody else's, the last no such storage. */
    const [trusting, doubting, confined] = [0, 1, 2];
    const ports: number[] = [];
    let bytes: Buffer;
    let source: string;

    beforeAll(async () => {
      mock = await startMockServer({ port: 0, https: true, publicHost: "localhost" });
      const { credentials, origins } = mock.platform;
      const given = { origins: [origins.space, origins.files] };
      const client = createClient({
        space: origins.space,
        mediaOrigins: [origins.files],
        ...credentials,
      });
      const logger = { info: () => {}, warn: () => {}, error: () => {} };
      node = await startGateway({ client, keys, port: 0, logger, accel: given, proxies: 1 });
      const dns = await loopbackNames();
      names = dns.socket;
      const stranger = selfSigned();
      const storage = new URL(origins.storage).host;
      for (const [certificate, storageHost] of [
        [mock.certificate ?? "", storage],
        [stranger?.cert ?? "", storage],
        [mock.certificate ?? "", "storage.example.com"],
      ] as const) {
        const [folder, port] = [await nginxFolder(), await freePort()];
        ports.push(port);
        const [authorizationFile, certificates] = [
          join(folder, "auth.conf"),
          join(folder, "ca.pem"),
        ];
        const { projectId, apiToken } = credentials;
        await writeFile(authorizationFile, nginxAuthorization(projectId, apiToken), {
          mode: 0o600,
        });
        await writeFile(certificates, certificate);
        const blocks = nginxConfig({
          gateway: new URL(node.url).host,
          ...given,
          authorizationFile,
          certificates,
          listen: `127.0.0.1:${port}`,
          accessLog: join(folder, "access.log"),
          storageHosts: [storageHost],
          resolver: dns.at,
        });
        servers.push(await startNginx(folder, port, blocks));
      }
      const { recording, urls } = mock.platform.addRecording({ seconds: 2 });
      source = urls.spaceWav;
      const chunks: Uint8Array[] = [];
      for await (const chunk of recording.files.wav.stream()) chunks.push(chunk);
      bytes = Buffer.concat(chunks);
    });
    afterAll(async () => {
      for (const server of servers) await server[Symbol.asyncDispose]();
      await node?.close();
      await mock?.close();
      names?.close();
    });
    const get = async (which: number, headers: Record<string, string> = {}) => {
      const { url } = await links(ports[which] ?? 0).mint(source);
      return fetch(url, { headers });
    };

    test("sends its bytes, where its certificate is trusted; else nothing, not even the credentials", async () => {
      const whole = await get(trusting);
      expect(whole.status).toBe(200);
      expect(Buffer.compare(Buffer.from(await whole.arrayBuffer()), bytes)).toBe(0);
      mock.platform.journal.clear();
      const refused = await get(doubting);
      expect([refused.status, await refused.text()]).toEqual([502, trouble]);
      expect(mock.platform.journal.entries()).toEqual([]);
    });

    test("a redirect to storage is followed without credentials; one to elsewhere is not", async () => {
      mock.platform.setSwitches({ redirectToStorage: true });
      mock.platform.journal.clear();
      const part = await get(trusting, { range: "bytes=100-199" });
      expect([part.status, part.headers.get("location")]).toEqual([206, null]);
      expect(Buffer.compare(Buffer.from(await part.arrayBuffer()), bytes.subarray(100, 200))).toBe(
        0,
      );
      const asked = () =>
        mock.platform.journal.entries().map(({ origin, authorization }) => [origin, authorization]);
      expect(asked()).toEqual([
        ["space", true],
        ["storage", false],
      ]);
      mock.platform.journal.clear();
      const elsewhere = await get(confined);
      expect([elsewhere.status, elsewhere.headers.get("location")]).toEqual([502, null]);
      expect(await elsewhere.text()).toBe(trouble);
      expect(asked()).toEqual([["space", true]]);
      mock.platform.faults.add({ kind: "status", status: 403, origin: "storage", times: 1 });
      const refused = await get(trusting);
      expect([refused.status, await refused.text()]).toEqual([502, trouble]);
      expect(refused.headers.get("cache-control")).toBe("no-store");
    });
  },
);
