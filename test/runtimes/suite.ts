/**
 * The suite that every runtime runs. It needs nothing but the SDK and what the web platform gives:
 * no test framework, no Node.
 */
import { type Client, type ClientOptions, createClient } from "@media-protection/sdk";
import { mediaInCallback, verifyWebhook } from "@media-protection/sdk/webhooks";
import { check, failureOf, nameOf, sha256 } from "./check.js";
import { type CaseResult, faults, type Group, recordingPath, type World } from "./world.js";

type Case = () => Promise<void>;

/** Runs every case, one after the other, since they share the project's switches. */
export async function runSuite(world: World): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const [group, cases] of Object.entries(suite(world))) {
    for (const [name, run] of Object.entries(cases)) {
      const failure = await failureOf(run);
      // The keys of suite() are the groups, which its type says.
      const result = { group: group as Group, name };
      results.push(failure === undefined ? result : { ...result, failure });
    }
  }
  return results;
}

function suite(world: World): Record<Group, Record<string, Case>> {
  return {
    toggle: toggleCases(world),
    list: listCases(world),
    download: downloadCases(world),
    redirect: redirectCases(world),
    errors: errorCases(world),
    trust: trustCases(world),
    callbacks: callbackCases(world),
  };
}

function clientOf(world: World, options: Partial<ClientOptions> = {}): Client {
  const { origins, projectId, apiToken } = world;
  const { space, files } = origins;
  return createClient({ space, mediaOrigins: [files], projectId, apiToken, ...options });
}

/** A client of the faulty origin. */
function faultyClient(world: World, options: Partial<ClientOptions> = {}): Client {
  return clientOf(world, { space: world.faultyOrigin, ...options });
}

function faultyUrl(world: World, fault: keyof typeof faults): string {
  return world.faultyOrigin + recordingPath(world.projectId, faults[fault]);
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

function first(world: World) {
  const medium = world.media[0];
  if (!medium) throw new Error("The world has no media.");
  return medium;
}

function toggleCases(world: World): Record<string, Case> {
  const client = clientOf(world);
  return {
    "only the switch that is named changes": async () => {
      const off = { recordings: false, messageMedia: false, faxMedia: false };
      check(await client.protection.disable(), off);
      check(await client.protection.set({ messageMedia: true }), { ...off, messageMedia: true });
      check(await client.protection.get(), { ...off, messageMedia: true });
      check(await client.protection.disable(), off);
    },
    "a public URL is denied at once, and public again": async () => {
      for (const { space } of world.media) {
        await client.protection.enable();
        check(await anonymousStatus(space), 401, space);
        await client.protection.disable();
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

function listCases(world: World): Record<string, Case> {
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

function downloadCases(world: World): Record<string, Case> {
  const client = clientOf(world);
  return {
    "every kind from the space, protected, byte for byte": async () => {
      await client.protection.enable();
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
      const media = await faultyClient(world).media.download(faultyUrl(world, "cutOnce"));
      check(await sha256(await media.bytes()), world.faultySha256);
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

function redirectCases(world: World): Record<string, Case> {
  const withRedirects = (run: Case): Case => {
    return async () => {
      await clientOf(world).protection.enable();
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

function errorCases(world: World): Record<string, Case> {
  const client = clientOf(world);
  const once = { retry: { retries: 0 } };
  return {
    "a wrong token is an AuthenticationError": async () => {
      await client.protection.enable();
      const stranger = clientOf(world, { apiToken: "PTsynthetic-and-wrong" });
      const { space } = first(world);
      check(await nameOf(stranger.media.download(space)), {
        name: "AuthenticationError",
        status: 401,
      });
      check(await nameOf(stranger.protection.get()), { name: "AuthenticationError", status: 401 });
    },
    "a medium that is not there is a NotFoundError": async () => {
      const nowhere = world.origins.space + recordingPath(world.projectId, faults.silent);
      check(await nameOf(client.media.download(nowhere)), { name: "NotFoundError", status: 404 });
    },
    "a change that is refused is a ValidationError": async () => {
      const refused = client.projects.update(world.projectId, { name: "" });
      check(await nameOf(refused), { name: "ValidationError", status: 422 });
    },
    "a wrong option is an OptionError": async () => {
      const wrong = async () => clientOf(world, { projectId: "no UUID" });
      check(await nameOf(wrong()), { name: "OptionError", option: "projectId" });
    },
    "nobody there is a ConnectionError": async () => {
      const lost = clientOf(world, { space: world.deadOrigin, ...once });
      check(await nameOf(lost.protection.get()), { name: "ConnectionError" });
    },
    "no answer is a TimeoutError": async () => {
      const waiting = faultyClient(world, once);
      const download = waiting.media.download(faultyUrl(world, "silent"), { timeout: 250 });
      check(await nameOf(download), { name: "TimeoutError" });
    },
    "a body that stays cut is an IntegrityError": async () => {
      const url = faultyUrl(world, "cutAlways");
      const media = await faultyClient(world, once).media.download(url);
      check(await nameOf(media.bytes()), { name: "IntegrityError", reason: "cut" });
    },
    "a cancelled call rejects with the signal's own reason": async () => {
      const controller = new AbortController();
      const reason = new Error("the caller's reason");
      const url = faultyUrl(world, "silent");
      const download = faultyClient(world).media.download(url, { signal: controller.signal });
      controller.abort(reason);
      check(await download.catch((error: unknown) => error === reason), true);
    },
  };
}

function trustCases(world: World): Record<string, Case> {
  const refusals = (url: URL, path = url.pathname): [reason: string, url: string][] => [
    ["origin", `https://evil.example${path}`],
    ["origin", `${url.protocol}//${url.hostname}:1${path}`],
    ["scheme", `http://evil.example${path}`],
    ["userinfo", `${url.protocol}//user:secret@${url.host}${path}`],
    ["path", `${url.origin}/api/projects`],
    ["project", `${url.origin}${path.replace(world.projectId, faults.silent)}`],
    ["malformed", path],
  ];
  return {
    "a URL that may not have them gets no credentials, and no request is made": async () => {
      let asked = 0;
      const client = clientOf(world, {
        apiToken: () => {
          asked += 1;
          return world.apiToken;
        },
        fetch: (...request) => {
          asked += 1;
          return fetch(...request);
        },
      });
      for (const [reason, url] of refusals(new URL(first(world).space))) {
        check(await nameOf(client.media.download(url)), { name: "UntrustedUrlError", reason }, url);
      }
      check(asked, 0, "tokens and requests");
      await client.protection.get();
      check(asked, 2, "tokens and requests of a trusted call");
    },
  };
}

function callbackCases(world: World): Record<string, Case> {
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
