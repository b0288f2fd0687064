import { createGateway, createLinks, generateKey, memoryState } from "@media-protection/gateway";
import { check, sha256 } from "./check.js";
import type { World } from "./world.js";
import { type Case, clientOf, first } from "./world-client.js";

const publicUrl = "https://media.example.com";

/** What is answered, as far as it is the same everywhere. */
interface Answer {
  readonly status: number;
  readonly field: (name: string) => string | null;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** The gateway as a Web handler: what it takes and gives is the web platform's alone. */
export function gatewayCases(world: World): Record<string, Case> {
  const client = clientOf(world);
  const keys = generateKey();
  const now = { milliseconds: Date.now() };
  const state = memoryState();
  const gateway = createGateway({ client, keys, publicUrl, state, now: () => now.milliseconds });

  async function ask(url: string, init: RequestInit = {}): Promise<Answer> {
    const { status, headers, body } = await gateway.fetch(new Request(url, init));
    const bytes = new Uint8Array(await new Response(body).arrayBuffer());
    check(headers.get("www-authenticate"), null, "www-authenticate");
    return { status, field: (name) => headers.get(name), body: bytes };
  }

  return {
    "a link of each kind plays, whole and by ranges, while everything is protected": async () => {
      await client.protection.enable("all");
      let tagged = 0;
      for (const { kind, space, sha256: wanted, size } of world.media) {
        const { url } = await gateway.links.mint(space);
        const whole = await ask(url);
        check([whole.status, await sha256(whole.body)], [200, wanted], kind);
        const part = await ask(url, { headers: { range: "bytes=-100" } });
        check(
          [part.status, part.field("content-range")],
          [206, `bytes ${size - 100}-${size - 1}/${size}`],
        );
        check([...part.body], [...whole.body.subarray(-100)], kind);
        const head = await ask(url, { method: "HEAD" });
        check([head.status, head.body.length, head.field("content-length")], [200, 0, `${size}`]);
        const past = await ask(url, { headers: { range: `bytes=${size}-` } });
        check([past.status, past.field("content-range")], [416, `bytes */${size}`]);
        const etag = whole.field("etag");
        if (etag === null) continue;
        tagged++;
        check((await ask(url, { headers: { "if-none-match": etag } })).status, 304);
      }
      check(tagged > 0, true, "media with an ETag");
      await client.protection.disable("all");
    },
    "a link that was changed is 404, one whose life is over or that was taken back 410":
      async () => {
        const { url, id } = await gateway.links.mint(first(world).space);
        const at = url.lastIndexOf(".", url.lastIndexOf("/")) + 3;
        const changed = `${url.slice(0, at)}${url[at] === "A" ? "B" : "A"}${url.slice(at + 1)}`;
        check((await ask(changed)).status, 404);
        check((await ask(url)).status, 200);
        await state.revoke({ link: id });
        check((await ask(url)).status, 410);
        const short = await gateway.links.mint(first(world).space, { ttl: 1 });
        now.milliseconds += 120_000;
        check((await ask(short.url)).status, 410);
      },
    "a share link is a page without media, and opens by its passcode": async () => {
      const { url } = await gateway.links.mint(first(world).space, {
        share: true,
        passcode: "2468",
      });
      const page = await ask(url);
      check([page.status, new TextDecoder().decode(page.body).includes("/m/")], [200, false]);
      const open = (passcode: string) =>
        ask(url, {
          method: "POST",
          headers: {
            "content-type": "application/x-www-form-urlencoded",
            accept: "application/json",
          },
          body: `passcode=${passcode}`,
        });
      check((await open("1357")).status, 403);
      const opened = await open("2468");
      const { play }: { readonly play: string } = JSON.parse(new TextDecoder().decode(opened.body));
      const medium = await ask(new URL(play, url).href);
      check([medium.status, await sha256(medium.body)], [200, first(world).sha256]);
    },
    "a viewer who leaves is let go": async () => {
      const { url } = await gateway.links.mint(first(world).space);
      const { body } = await gateway.fetch(new Request(url));
      await body?.cancel();
      check(gateway.underWay, 0, "under way");
    },
    "another gateway with the same keys opens the links": async () => {
      const elsewhere = createLinks({ keys, publicUrl: "https://other.example.com" });
      const { url, id } = await elsewhere.mint(first(world).space, { audience: "crm" });
      const opened = await gateway.links.open(url);
      check([opened.id, opened.audience, opened.ref.kind], [id, "crm", first(world).kind]);
      check((await ask(url)).status, 200);
    },
  };
}
