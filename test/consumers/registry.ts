import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";

/** A registry on this machine: our packages as they would be published, and everything else's answers. */
export interface Registry extends AsyncDisposable {
  readonly url: string;
}

interface Published {
  readonly name: string;
  readonly version: string;
  readonly tarball: Uint8Array;
  readonly manifest: object;
}

/**
 * Starts one that has these tarballs. Asks the registry that npm is configured for about all others.
 * A registry such as verdaccio would do as well, and wants some 300 packages more.
 */
export async function startRegistry(tarballs: readonly string[]): Promise<Registry> {
  const upstream = (await output("npm", ["config", "get", "registry"])).trim().replace(/\/$/, "");
  const published = await Promise.all(tarballs.map(read));
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(request.url ?? "/");
    const file = published.find(({ name, version }) => path === `/${name}/-/${version}.tgz`);
    if (file) return void response.end(file.tarball);
    const own = published.find(({ name }) => path === `/${name}`);
    const type = { "content-type": "application/json" };
    if (own) return void response.writeHead(200, type).end(JSON.stringify(packument(own, url)));
    const { accept = "*/*" } = request.headers;
    const answer = await fetch(upstream + request.url, { headers: { accept } });
    const body = new Uint8Array(await answer.arrayBuffer());
    response.writeHead(answer.status, type).end(body);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  // The server listens on TCP, so its address is not a pipe's name.
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

async function output(command: string, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(command, args, { maxBuffer: 2 ** 26 });
  return stdout;
}

async function read(path: string): Promise<Published> {
  const manifest = JSON.parse(await output("tar", ["-xzOf", path, "package/package.json"]));
  const { name, version } = manifest;
  return { name, version, manifest, tarball: await readFile(path) };
}

/** What a registry tells of a package. */
function packument({ name, version, tarball, manifest }: Published, url: string): object {
  const hash = createHash("sha512").update(tarball).digest("base64");
  const dist = { tarball: `${url}/${name}/-/${version}.tgz`, integrity: `sha512-${hash}` };
  return {
    name,
    "dist-tags": { latest: version },
    versions: { [version]: { ...manifest, dist } },
    time: { [version]: "2026-01-01T00:00:00.000Z" },
  };
}
