import type { Fetch } from "@media-protection/sdk";
import { mediaInCallback, verifyWebhook } from "@media-protection/sdk/webhooks";
import { check, nameOf, sha256 } from "./check.js";
import type { World } from "./world.js";
import { type Case, clientOf, faultyClient, faultyUrl, first } from "./world-client.js";

/** What sends the requests: the default, which in Node is its own HTTP client, and the global fetch. */
const transports: readonly { readonly fetch?: Fetch }[] = [
  {},
  { fetch: (url, init) => fetch(url, init) },
];

export function downloadCases(world: World): Record<string, Case> {
  const client = clientOf(world);
  const checkWhole = async (fault: Parameters<typeof faultyUrl>[1]) => {
    for (const transport of transports) {
      // Chromium drops what it has of a body that breaks before a page has read it, and it is asked for once more from there.
      const retry = { retries: 20, minDelay: 1, maxDelay: 5 };
      const faulty = faultyClient(world, { ...transport, retry });
      const media = await faulty.media.download(faultyUrl(world, fault));
      check(await sha256(await media.bytes()), world.faultySha256, fault);
    }
  };
  return {
    "every kind from the space, protected, byte for byte": async () => {
      await client.protection.enable("all");
      for (const { space, sha256: expected, size } of world.media) {
        const media = await client.media.download(space);
        check(media.contentLength, size, space);
        check(await sha256(await media.bytes()), expected, space);
      }
    },
    "every kind from the files host, protected, byte for byte": async () => {
      for (const { files, sha256: expected } of world.media) {
        const media = await client.media.download(files);
        check(await sha256(await media.bytes()), expected, files);
      }
    },
    "as a stream, chunk by chunk": async () => {
      const { space, sha256: expected } = first(world);
      const reader = (await client.media.download(space)).body.getReader();
      const chunks: Uint8Array<ArrayBuffer>[] = [];
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        chunks.push(next.value);
      }
      check(await sha256(await new Blob(chunks).arrayBuffer()), expected);
    },
    "as a blob of the medium's type": async () => {
      const media = await client.media.download(first(world).space);
      const blob = await media.blob();
      check(blob.type, media.contentType);
      check(await sha256(await blob.arrayBuffer()), first(world).sha256);
    },
    "a part": async () => {
      const whole = await (await client.media.download(first(world).space)).bytes();
      const part = await client.media.download(first(world).space, {
        range: { start: 1000, end: 1999 },
      });
      check([...(await part.bytes())], [...whole.slice(1000, 2000)]);
    },
    "a body that is cut half-way resumes, byte for byte": async () => {
      await checkWhole("cutOnce");
    },
    "a body without a length is proven whole": async () => {
      await checkWhole("lengthless");
    },
    "a cut body without a length goes on, byte for byte": async () => {
      await checkWhole("lengthlessCut");
      await checkWhole("proxyChunksCut");
    },
    "chunks of HTTP/1.0, cut, go on or are refused": async () => {
      for (const transport of transports) {
        const strict = faultyClient(world, { ...transport, retry: { retries: 1, minDelay: 0 } });
        const download = async () =>
          sha256(await (await strict.media.download(faultyUrl(world, "oldChunksCut"))).bytes());
        const hash = download();
        const { name, reason } = await nameOf(hash);
        // Browsers take such chunks for the medium itself; Deno and workerd refuse the answer; Bun may
        // have dropped it, and its second try, before it gave a byte.
        const isRefused = name === "ConnectionError" || reason === "changed" || reason === "cut";
        if (!isRefused) check(await hash, world.faultySha256);
      }
    },
    "what the player has is not sent again": async () => {
      const { space } = first(world);
      const head = await client.media.download(space);
      await head.body.cancel();
      const media = await client.media.download(space, { ifNoneMatch: head.etag });
      check([media.notModified, media.response().status], [true, 304]);
    },
    "a body that is let go of half-way ends": async () => {
      const media = await faultyClient(world).media.download(faultyUrl(world, "endless"));
      const reader = media.body.getReader();
      check((await reader.read()).done, false);
      await reader.cancel();
      check((await reader.read()).done, true);
    },
  };
}

export function redirectCases(world: World): Record<string, Case> {
  const withRedirects = (run: Case): Case => {
    return async () => {
      await clientOf(world).protection.enable("all");
      await control(world, "PATCH", "/switches", { redirectToStorage: true });
      await control(world, "DELETE", "/journal");
      try {
        await run();
      } finally {
        await control(world, "PATCH", "/switches", { redirectToStorage: false });
      }
    };
  };
  return {
    "to another origin: byte for byte, and the credentials stay behind": withRedirects(async () => {
      for (const { space, sha256: expected } of world.media) {
        const media = await clientOf(world).media.download(space);
        check(await sha256(await media.bytes()), expected, space);
      }
      const { entries } = JSON.parse(await control(world, "GET", "/journal"));
      const seen = (origin: string) =>
        entries
          .filter((entry: Record<string, unknown>) => entry["origin"] === origin)
          .filter((entry: Record<string, unknown>) => entry["method"] === "GET")
          .filter((entry: Record<string, unknown>) => !String(entry["path"]).startsWith("/__mock"))
          .map((entry: Record<string, unknown>) => entry["authorization"]);
      // A browser hides where a redirect leads, so the SDK asks the space a second time there.
      check([...new Set(seen("space"))], [true], "credentials that the space got");
      const none = world.media.map(() => false);
      check(seen("storage"), none, "credentials that storage got");
    }),
    "to an origin outside redirectOrigins: refused by name": withRedirects(async () => {
      const strict = clientOf(world, { redirectOrigins: [] });
      const error = await nameOf(strict.media.download(first(world).space));
      check(error, {
        name: "RedirectError",
        reason: "origin",
        host: new URL(world.origins.storage).host,
      });
    }),
  };
}

/** Asks the mock's control endpoints. */
async function control(world: World, method: string, path: string, body?: object) {
  const response = await fetch(`${world.origins.space}/__mock${path}`, {
    method,
    ...(body && {
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
    }),
  });
  check(response.ok, true, `${method} ${path}`);
  return response.text();
}

export function callbackCases(world: World): Record<string, Case> {
  const { url, body, signingKey, signature } = world.callback;
  const sent = (headers: Record<string, string>) =>
    new Request(url, {
      method: "POST",
      body,
      headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    });
  return {
    "a signed callback is verified, and its recording downloaded": async () => {
      const request = sent({ "x-signalwire-sha256-signature": signature });
      const { content } = await verifyWebhook(request, { signingKey });
      const [media] = mediaInCallback(content);
      const download = await clientOf(world).media.download(media?.url ?? "");
      check(await sha256(await download.bytes()), first(world).sha256);
    },
    "a forged one is refused": async () => {
      const request = sent({ "x-signalwire-sha256-signature": signature });
      const error = await nameOf(verifyWebhook(request, { signingKey: "PSKanother" }));
      check(error, { name: "WebhookError", reason: "mismatch" });
    },
  };
}
