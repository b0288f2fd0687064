import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { RestClient } from "@signalwire/compatibility-api";
import twilio from "twilio";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  bytesUrl,
  expectRead,
  readBytes,
  rejectionOf,
  type Stage,
  setStage,
  signalwireClient,
  twilioClient,
} from "../helpers/mock/independent-clients.js";

// What each of the clients has alone; independent-clients.test.ts has what they share.

const noon = Date.UTC(2026, 2, 1, 12);
const hour = 3_600_000;

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
beforeEach(() => stage.server.platform.reset());
afterEach(() => expect(stage.lookup).not.toHaveBeenCalled());
afterAll(() => stage.close());

const platform = () => stage.server.platform;
const sids = (items: readonly { sid: string }[]) => items.map(({ sid }) => sid);
const gone = { name: "RestException", status: 404, code: 20404 };

/** What a program of the client does that was written for the platform, and knows of no mock. */
const program = `
import { RestClient } from "@signalwire/compatibility-api";
const { SIGNALWIRE_PROJECT_ID, SIGNALWIRE_API_TOKEN } = process.env;
const client = RestClient(SIGNALWIRE_PROJECT_ID, SIGNALWIRE_API_TOKEN);
const recordings = await client.recordings.list({ pageSize: 1 });
console.log(JSON.stringify(recordings.map(({ sid }) => sid)));
`;

describe("@signalwire/compatibility-api", () => {
  test("in a program that is there already needs nothing but the environment", async () => {
    const ids = [0, 1, 2].map(
      (hours) => platform().addRecording({ createdAt: noon + hours * hour }).recording.id,
    );
    const { projectId, apiToken } = platform().credentials;
    const folder = await mkdtemp(join(tmpdir(), "certificate-"));
    const certificate = join(folder, "cert.pem");
    await writeFile(certificate, stage.server.certificate ?? "");
    const env = {
      NODE_EXTRA_CA_CERTS: certificate,
      SIGNALWIRE_SPACE_URL: new URL(stage.server.url).host,
      SIGNALWIRE_PROJECT_ID: projectId,
      SIGNALWIRE_API_TOKEN: apiToken,
    };
    const args = ["--input-type=module", "--eval", program];
    const cwd = import.meta.dirname;
    const { stdout } = await promisify(execFile)(process.execPath, args, { env, cwd });
    await rm(folder, { recursive: true });
    expect(JSON.parse(stdout)).toEqual(ids.toReversed());
  });

  // It asks at /2010-04-01, where its users saw nothing in June 2025: signalwire-legacy-node#575,
  // webhookdb#972.
  test("finds nothing where the platform has /api/laml alone", async () => {
    platform().setSwitches({ compatAtRoot: false });
    const { recordings } = signalwireClient(stage.server);
    const nothing = { name: "RestException", status: 404, code: undefined };
    expect(await rejectionOf(recordings.list())).toMatchObject(nothing);
  });

  test("reads a first page there when it is told /api/laml, and looks for the next in vain", async () => {
    platform().setSwitches({ compatAtRoot: false });
    const { projectId, apiToken } = platform().credentials;
    for (let count = 0; count < 3; count++) platform().addRecording();
    const signalwireSpaceUrl = `${new URL(stage.server.url).host}/api/laml`;
    const { recordings } = RestClient(projectId, apiToken, { signalwireSpaceUrl });
    expect(await recordings.list()).toHaveLength(3);
    expect(await rejectionOf(recordings.list({ pageSize: 2 }))).toMatchObject({ status: 404 });
    // It puts the path of the answer behind that which it was told.
    expect(platform().journal.find({ path: "/api/laml/api/laml/*" })).toHaveLength(1);
    expect(platform().violations?.count).toBe(1);
    platform().violations?.clear();
  });
});

describe("the faxes of @signalwire/compatibility-api", () => {
  const faxes = () => signalwireClient(stage.server).fax.faxes;

  test("are listed page by page, and filtered by when they were made and by number", async () => {
    const add = (hours: number, options: { from?: string } = {}) =>
      platform().addFaxMedia({ createdAt: noon + hours * hour, ...options }).fax.id;
    const theirs = "+15550100009";
    const [first, second, third] = [add(0), add(1, { from: theirs }), add(24)];
    expect(sids(await faxes().list({ pageSize: 1 }))).toEqual([third, second, first]);
    expect(platform().journal.find({ path: "*/Faxes" })).toHaveLength(3);
    expect(sids(await faxes().list({ from: theirs }))).toEqual([second]);
    const dateCreatedAfter = new Date(noon);
    const dateCreatedOnOrBefore = new Date(noon + hour);
    expect(sids(await faxes().list({ dateCreatedAfter }))).toEqual([third, second]);
    expect(sids(await faxes().list({ dateCreatedOnOrBefore, pageSize: 1 }))).toEqual([
      second,
      first,
    ]);
  });

  test("are fetched, every date a Date and every number a number", async () => {
    const { fax, media, urls } = platform().addFaxMedia({ createdAt: noon, pages: 3 });
    const fetched = await faxes()(fax.id).fetch();
    expect(expectRead(fetched)).toMatchObject({
      sid: fax.id,
      mediaSid: media.id,
      mediaUrl: urls.files,
      numPages: 3,
      duration: fax.durationSeconds,
      price: 0.03,
      priceUnit: "USD",
      status: "received",
      dateCreated: new Date(noon),
      dateUpdated: new Date(fax.updatedAt),
    });
  });

  test("lead to their documents, which are protected like any other medium", async () => {
    const { fax, media } = platform().addFaxMedia();
    const { mediaUrl } = await faxes()(fax.id).fetch();
    expect((await readBytes(mediaUrl)).status).toBe(200);
    platform().setProtection(platform().credentials.projectId, { faxMedia: true });
    expect((await readBytes(mediaUrl)).status).toBe(401);
    const { status, bytes } = await readBytes(mediaUrl, stage.server);
    expect(status).toBe(200);
    expect(bytes.equals(Buffer.from(media.file.bytes()))).toBe(true);
  });

  test("are gone once they are removed", async () => {
    const { fax } = platform().addFaxMedia();
    expect(await faxes()(fax.id).remove()).toBe(true);
    expect(await rejectionOf(faxes()(fax.id).fetch())).toMatchObject(gone);
    expect(await faxes().list()).toEqual([]);
  });

  test("that are on their way are not removed, nor are their documents", async () => {
    const { fax, media } = platform().addFaxMedia({ status: "sending" });
    const refused = { name: "RestException", status: 409, code: 20409 };
    expect(await rejectionOf(faxes()(fax.id).remove())).toMatchObject(refused);
    expect(await rejectionOf(faxes()(fax.id).media(media.id).remove())).toMatchObject(refused);
    expect(sids(await faxes().list())).toEqual([fax.id]);
  });

  test("lose their document once it is removed", async () => {
    platform().setSwitches({ jsonByAccept: true });
    const { fax, media } = platform().addFaxMedia();
    expect(await faxes()(fax.id).media(media.id).remove()).toBe(true);
    expect(await rejectionOf(faxes()(fax.id).media(media.id).fetch())).toMatchObject(gone);
    expect((await faxes()(fax.id).fetch()).mediaUrl).toBeNull();
  });

  test("have documents that are fetched where a path without extension answers JSON", async () => {
    // This client asks for them without `.json`, and with `Accept: application/json`.
    const { fax, media } = platform().addFaxMedia({ createdAt: noon });
    const document = faxes()(fax.id).media(media.id);
    expect(await rejectionOf(document.fetch())).toMatchObject({ name: "SyntaxError" });
    platform().setSwitches({ jsonByAccept: true });
    expect(expectRead(await document.fetch())).toMatchObject({
      sid: media.id,
      faxSid: fax.id,
      contentType: "application/pdf",
      dateCreated: new Date(noon),
      dateUpdated: new Date(noon),
    });
  });

  test("do not list their documents: the platform documents two keys, the client takes one", async () => {
    const { fax } = platform().addFaxMedia();
    expect(await rejectionOf(faxes()(fax.id).media.list())).toMatchObject({
      message: "Page Records cannot be deserialized",
    });
    expect(platform().journal.find({ path: "*/Media" })).toMatchObject([{ status: 200 }]);
  });
});

describe("twilio", () => {
  const account = () => {
    const { projectId } = platform().credentials;
    return twilioClient(stage.server).api.v2010.accounts(projectId);
  };

  test("turns pages forth and back", async () => {
    const ids = [0, 1, 2].map(
      (hours) => platform().addRecording({ createdAt: noon + hours * hour }).recording.id,
    );
    const first = await account().recordings.page({ pageSize: 2 });
    const second = await first.nextPage();
    const back = await second?.previousPage();
    expect(sids(first.instances)).toEqual([ids[2], ids[1]]);
    expect(sids(second?.instances ?? [])).toEqual([ids[0]]);
    expect(second?.nextPage()).toBeUndefined();
    expect(sids(back?.instances ?? [])).toEqual([ids[2], ids[1]]);
  });

  test("rejects with the error that it exports", async () => {
    const { recordings } = account();
    await expect(recordings("5eed0000-0000-4000-8000-00000000dead").fetch()).rejects.toBeInstanceOf(
      twilio.RestException,
    );
  });

  test("has a mediaUrl of recordings that the platform does not send; the uri leads there", async () => {
    const { recording, urls } = platform().addRecording();
    const fetched = await account().recordings(recording.id).fetch();
    expect(fetched.mediaUrl).toBeUndefined();
    expect(bytesUrl(stage.server, fetched)).toBe(urls.space);
  });

  test("has dropped faxes: nothing of them is left but the TwiML that receives one", () => {
    expect("fax" in twilioClient(stage.server)).toBe(false);
    expect("faxes" in account()).toBe(false);
    expect(twilio.twiml).toHaveProperty("FaxResponse");
  });

  test("that is not told where the mock is gets no further than the name", async () => {
    const { projectId, apiToken } = platform().credentials;
    const untold = twilio(projectId, apiToken, { accountSid: `AC${"0".repeat(32)}` });
    await expect(untold.recordings.list()).rejects.toThrow("the real host api.twilio.com");
    stage.lookup.mockClear();
  });
});
