import { check, nameOf } from "./check.js";
import { faults, recordingPath, type World } from "./world.js";
import { type Case, clientOf, faultyClient, faultyUrl, first } from "./world-client.js";

export function errorCases(world: World): Record<string, Case> {
  const client = clientOf(world);
  const once = { retry: { retries: 0 } };
  return {
    "a wrong token is an AuthenticationError": async () => {
      await client.protection.enable("all");
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
    "a body without a length that nothing proves whole is an IntegrityError": async () => {
      const url = faultyUrl(world, "lengthlessCutAlways");
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

export function trustCases(world: World): Record<string, Case> {
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
