import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { createLinks, generateKey } from "@media-protection/gateway/links";
import { compactDecrypt } from "jose";
import { describe, expect, test } from "vitest";

// What other runtimes get by the conditions of package.json: Web Cryptography in place of Node's, and the
// global fetch. Node plays them: it takes other conditions by `--conditions`.

const run = promisify(execFile);
const source =
  "https://example.signalwire.com/api/laml/2010-04-01/Accounts/11111111-2222-4333-8444-555555555555/Recordings/aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee.wav";

describe.each(["workerd", "bun", "deno", "edge-light", "browser"])(
  "under the condition %s",
  (condition) => {
    test("a link of Node's opens and plays, one of its own opens in Node, and a changed one nowhere", async () => {
      const keys = generateKey();
      const publicUrl = "https://media.example.com";
      const links = createLinks({ keys, publicUrl });
      const { url, id } = await links.mint(source, { audience: "crm" });
      const script = `
      import { createGateway, createLinks } from "@media-protection/gateway";
      import { createClient } from "@media-protection/sdk";
      const asked = [];
      const platform = async (url, { headers }) => {
        asked.push([new URL(url).host, new Headers(headers).get("authorization")?.slice(0, 5)]);
        return new Response("RIFF bytes", { headers: { "content-type": "audio/wav", "content-length": "10" } });
      };
      const [url, keys, publicUrl] = process.argv.slice(1);
      const client = createClient({ space: "example", projectId: "11111111-2222-4333-8444-555555555555", apiToken: "PTsynthetic", fetch: platform });
      const gateway = createGateway({ client, keys, publicUrl });
      const answer = await gateway.fetch(new Request(url));
      const forged = await gateway.fetch(new Request(url.replace(/.(?=\\/audio)/, (last) => (last === "A" ? "B" : "A"))));
      const own = await createLinks({ keys, publicUrl }).mint(${JSON.stringify(source)});
      const { id } = await gateway.links.open(url);
      console.log(JSON.stringify({ id, asked, body: await answer.text(), statuses: [answer.status, forged.status], own: own.url }));`;
      const args = [
        "--conditions",
        condition,
        "--input-type=module",
        "-e",
        script,
        url,
        keys,
        publicUrl,
      ];
      const { stdout } = await run(process.execPath, args, { cwd: import.meta.dirname });
      const said: { readonly own: string } = JSON.parse(stdout);
      expect(said).toMatchObject({
        id,
        asked: [["example.signalwire.com", "Basic"]],
        body: "RIFF bytes",
        statuses: [200, 404],
      });
      expect((await links.open(said.own)).ref).toMatchObject({ format: "wav" });
    });
  },
);

test("a token is a JWE that any library opens, with `dir` and `A256GCM`", async () => {
  const keys = generateKey();
  const { url } = await createLinks({ keys, publicUrl: "https://media.example.com" }).mint(source);
  const token = /\/m\/([^/]+)/.exec(url)?.[1] ?? "";
  const { protectedHeader } = await compactDecrypt(token, Buffer.from(keys, "base64url"));
  expect(protectedHeader).toEqual({ alg: "dir", enc: "A256GCM" });
});
