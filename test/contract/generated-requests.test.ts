import {
  createApp,
  createPlatform,
  seededMessagingToken,
  seededSubproject,
  switchTable,
} from "@media-protection/mock";
import fc from "fast-check";
import { expect, test } from "vitest";
import { knows, violations } from "../helpers/contract/contract.js";
import { operations } from "../helpers/contract/contract-operations.js";
import { anyRequest, type GeneratedRequest } from "../helpers/contract/generated-request.js";
import { basic, bearer } from "../mock/scene.js";

// Whatever the contract's operations are asked, in whatever order and with whatever switches, the mock
// never fails, and never answers what the contract does not have. Run with another seed by
// GENERATED_REQUESTS_SEED; a failure prints the shortest sequence of requests that shows it.

const seed = Number(process.env["GENERATED_REQUESTS_SEED"] ?? 20_260_115);
const requestsPerRun = 6;
/** Sequences have from one to `requestsPerRun` requests, so there are about three times as many. */
const runs = 4000;

const platform = createPlatform();
const app = createApp(platform);
const root = platform.credentials;

/** Paths of everything the seed has; `reset()` gives the same again. */
function pathsOfAll(): string[] {
  const entities = <Entity>(collection: { all(): Iterable<{ readonly entity: Entity }> }) =>
    [...collection.all()].map(({ entity }) => entity);
  const both = (path: string) => [path, `${path}.json`];
  const account = (id: string) => `/api/laml/2010-04-01/Accounts/${id}`;
  const onFiles = (id: string) => `/${platform.spaceId}/${id}`;
  return [
    ...entities(platform.projects).flatMap(({ id }) => [
      `/api/projects/${id}`,
      `/api/projects/${id}/signing-key/rotate`,
      ...["Recordings", "Messages", "Faxes"].flatMap((list) => both(`${account(id)}/${list}`)),
    ]),
    ...entities(platform.tokens).map(({ id }) => `/api/project/tokens/${id}`),
    ...entities(platform.recordings).flatMap(({ id, projectId, call, conferenceId }) =>
      [
        ...(call === null ? [] : [`${account(projectId)}/Calls/${call.id}/Recordings`]),
        ...(conferenceId === null
          ? []
          : [`${account(projectId)}/Conferences/${conferenceId}/Recordings`]),
      ].flatMap((list) => [...both(list), ...both(`${list}/${id}`)]),
    ),
    ...entities(platform.recordings).flatMap(({ call }) =>
      call === null ? [] : [`/api/voice/logs/${call.id}/events`],
    ),
    ...entities(platform.recordings).flatMap(({ id, projectId }) => [
      `/api/relay/rest/recordings/${id}`,
      ...["", ".json", ".wav", ".mp3"].map((end) => `${account(projectId)}/Recordings/${id}${end}`),
      ...[".wav", ".mp3"].map((end) => `${onFiles(projectId)}/recordings/${id}${end}`),
    ]),
    ...entities(platform.messages).flatMap(({ id, projectId }) => [
      `/api/messaging/messages/${id}`,
      ...both(`${account(projectId)}/Messages/${id}`),
      ...both(`${account(projectId)}/Messages/${id}/Media`),
    ]),
    ...entities(platform.messageMedia).flatMap(({ id, projectId, messageId, file }) => [
      ...both(`${account(projectId)}/Messages/${messageId}/Media/${id}`),
      `${onFiles(projectId)}/messages/${id}.${file.extension}`,
      `${onFiles(projectId)}/message-media/${id}.${file.extension.toUpperCase()}`,
    ]),
    ...entities(platform.faxes).flatMap(({ id, projectId }) => [
      `/api/fax/logs/${id}`,
      ...both(`${account(projectId)}/Faxes/${id}`),
      ...both(`${account(projectId)}/Faxes/${id}/Media`),
    ]),
    ...entities(platform.faxMedia).flatMap(({ id, projectId, faxId, file }) => [
      ...both(`${account(projectId)}/Faxes/${faxId}/Media/${id}`),
      `${onFiles(projectId)}/faxes/${id}.${file.extension}`,
    ]),
  ];
}

const rightful = basic(root.projectId, root.apiToken);

const known = {
  paths: pathsOfAll(),
  authorizations: [
    ...[rightful, rightful, rightful, rightful],
    basic(seededSubproject.projectId, seededSubproject.apiToken),
    basic(root.projectId, seededMessagingToken),
    basic(root.projectId, "PT-of-somebody-else"),
    bearer(root.apiToken),
  ].map(({ authorization }) => authorization),
  etags: [...platform.recordings.all()].map(({ entity }) => entity.files.wav.etag),
};

/** The defaults, or any. */
const switches = fc.oneof(
  fc.constant({}),
  fc.record(
    Object.fromEntries(
      Object.entries(switchTable).map(([name, { values }]) => [name, fc.constantFrom(...values)]),
    ),
  ),
);

/** Sends a request to the app, and says what is wrong with the answer. */
async function send(request: GeneratedRequest): Promise<{ status: number; wrong: string[] }> {
  const { method, headers, body, target } = request;
  const { space, files } = platform.origins;
  const url = new URL((target.startsWith("/api/") ? space : files) + target);
  const response = await app.fetch(new Request(url, { method, headers, body: body ?? null }));
  const { status } = response;
  // Garbage in a path, or another method, may lead elsewhere.
  if (knows(method, url)) return { status, wrong: await violations(method, url, response) };
  await response.arrayBuffer();
  // HEAD is GET without a body, whether the contract has it or not.
  const refused = status >= 400 || method === "HEAD";
  return { status, wrong: refused ? [] : [`${method} ${url.pathname}: ${status}`] };
}

test("no request gets a 5xx or an answer outside the contract", async () => {
  const succeeded = new Set<string>();
  const statuses = new Map<number, number>();
  let sent = 0;
  const sequences = fc.record({
    switches,
    requests: fc.array(anyRequest(known), {
      minLength: 1,
      maxLength: requestsPerRun,
      size: "max",
    }),
  });
  await fc.assert(
    fc.asyncProperty(sequences, async ({ switches, requests }) => {
      platform.reset();
      platform.setSwitches(switches);
      for (const request of requests) {
        sent++;
        const { status, wrong } = await send(request);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (status < 400 && request.operation.startsWith(request.method))
          succeeded.add(request.operation);
        expect(status, `${request.method} ${request.target}`).toBeLessThan(500);
        expect(wrong).toEqual([]);
      }
    }),
    { numRuns: runs, seed },
  );
  expect(sent).toBeGreaterThanOrEqual(5000);
  // It went through every operation, and not only to be refused.
  expect(operations.map(({ name }) => name).filter((name) => !succeeded.has(name))).toEqual([]);
  for (const status of [200, 201, 204, 206, 302, 304, 400, 401, 403, 404, 412, 416, 422]) {
    expect(statuses.get(status) ?? 0, String(status)).toBeGreaterThan(0);
  }
}, 120_000);
