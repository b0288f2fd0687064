import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { createLinks, generateKey } from "@media-protection/gateway/links";
import { startMockServer } from "@media-protection/mock/server";
import { createClient } from "@media-protection/sdk";
import { expect, test } from "vitest";
import { freePort, nginxFolder, nginxIsThere, startNginx } from "../../helpers/processes/nginx.js";

interface Replica {
  readonly child: ChildProcess;
  readonly url: string;
}

async function startReplica(env: Readonly<Record<string, string>>): Promise<Replica> {
  const script = `import { runGateway } from "@media-protection/gateway/node";
    const logger = { info() {}, warn() {}, error() {} };
    await runGateway({ port: 0, proxies: 1, logger });`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    cwd: import.meta.dirname,
    env: { PATH: process.env["PATH"], ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const [, url] = /^Listening on (.*)$/.exec(line) ?? [];
    if (url !== undefined) return { child, url };
  }
  throw new Error("The replica ended.");
}

const isThere = nginxIsThere("a replica killed in mid-stream behind nginx");

test.skipIf(!isThere)(
  "a replica is killed in mid-stream: the player's next range is served by the other",
  async () => {
    await using mock = await startMockServer({ port: 0 });
    const { credentials } = mock.platform;
    await createClient({ space: mock.url, ...credentials }).protection.enable("all");
    // More than the sockets between would hold, so that it is under way when the replica ends.
    const { recording, urls } = mock.platform.addRecording({ size: 40_000_000 });
    const keys = generateKey();
    const env = {
      SIGNALWIRE_SPACE: mock.url,
      SIGNALWIRE_PROJECT_ID: credentials.projectId,
      SIGNALWIRE_API_TOKEN: credentials.apiToken,
      MEDIA_GATEWAY_KEYS: keys,
    };
    const replicas = await Promise.all([startReplica(env), startReplica(env)]);
    const [folder, port] = [await nginxFolder(), await freePort()];
    const members = replicas.map(({ url }) => `server ${new URL(url).host};`).join(" ");
    await using _ = await startNginx(
      folder,
      port,
      `upstream gateways { ${members} }
    server { listen 127.0.0.1:${port}; access_log off; location / {
      proxy_pass http://gateways; proxy_set_header X-Forwarded-For $remote_addr; proxy_max_temp_file_size 0; } }`,
    );
    try {
      const links = createLinks({ keys, publicUrl: `http://127.0.0.1:${port}` });
      const { url } = await links.mint(urls.space);
      const whole = createHash("sha256");
      for await (const chunk of recording.files.wav.stream()) whole.update(chunk);

      const played = createHash("sha256");
      let at = 0;
      const first = await fetch(url);
      expect(first.headers.get("accept-ranges")).toBe("bytes");
      const reader = first.body?.getReader();
      const take = async () => {
        const { value } = (await reader?.read()) ?? {};
        if (value) played.update(value);
        at += value?.byteLength ?? 0;
        return value !== undefined;
      };
      await take();
      const underWay = async ({ url }: Replica) =>
        /^media_gateway_under_way 1$/m.test(await (await fetch(`${url}/metrics`)).text());
      const serving = (await underWay(replicas[0])) ? replicas[0] : replicas[1];
      expect(await underWay(serving)).toBe(true);
      const ended = once(serving.child, "exit");
      serving.child.kill("SIGKILL");
      await ended;
      // What was on its way still comes, and then the break, which no player takes for the end.
      await expect(
        (async () => {
          while (await take());
        })(),
      ).rejects.toThrow();
      expect(at).toBeLessThan(40_000_000);

      const rest = await fetch(url, { headers: { range: `bytes=${at}-` } });
      expect([rest.status, rest.headers.get("content-range")]).toEqual([
        206,
        `bytes ${at}-39999999/40000000`,
      ]);
      played.update(Buffer.from(await rest.arrayBuffer()));
      expect(played.digest("hex")).toBe(whole.digest("hex"));
    } finally {
      for (const { child } of replicas) child.kill("SIGKILL");
    }
  },
);
