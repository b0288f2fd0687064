import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ProtectionSetting } from "@media-protection/contract";
import type { Client } from "@media-protection/sdk";
import { saveMedia } from "@media-protection/sdk/node";

/** One medium of the platform, as its metadata names it. */
export interface Medium {
  readonly setting: ProtectionSetting;
  /** What the table calls it. */
  readonly label: string;
  /** Its URL, which anybody may hold. */
  readonly url: string;
  /** Its metadata's URL, which always needs credentials. */
  readonly metadata: string;
  /** Reads the metadata with the client's credentials. */
  readonly readMetadata: () => Promise<{ readonly response: Response }>;
}

/** One step of the walk: what is done, and what came of it. */
export interface Step {
  readonly name: string;
  /** Runs the step and says what was seen. @throws StepFailed if it is not what should be seen */
  readonly run: () => Promise<string>;
}

/** A step saw something else than it should. */
export class StepFailed extends Error {
  override readonly name = "StepFailed";
}

/** The first recording, message attachment and fax document of the client's project. */
export async function findMedia(
  client: Client,
  space: string,
  projectId: string,
): Promise<Medium[]> {
  const account = { params: { path: { AccountSid: projectId } } };
  const base = "/api/laml/2010-04-01/Accounts/{AccountSid}";
  const recordings = await client.api.GET(`${base}/Recordings.json`, account);
  const messages = await client.api.GET(`${base}/Messages.json`, account);
  const faxes = await client.api.GET(`${base}/Faxes.json`, account);
  const message = messages.data?.messages.find((one) => one.num_media > 0);
  const fax = faxes.data?.faxes.find((one) => one.media_url !== null);
  if (!message || !fax) throw new StepFailed("the platform has no message media or no fax");
  const attachments = await client.api.GET(`${base}/Messages/{MessageSid}/Media.json`, {
    params: { path: { AccountSid: projectId, MessageSid: message.sid } },
  });
  const documents = await client.api.GET(`${base}/Faxes/{FaxSid}/Media.json`, {
    params: { path: { AccountSid: projectId, FaxSid: fax.sid } },
  });
  const recording = recordings.data?.recordings[0];
  const attachment = attachments.data?.media_list[0];
  const document = documents.data?.media[0];
  if (!recording || !attachment || !document) throw new StepFailed("the platform has no media");
  const urls = (uri: string) => ({
    url: space + uri.replace(/\.json$/, ""),
    metadata: space + uri,
  });
  return [
    {
      setting: "recordings",
      label: "recording",
      ...urls(recording.uri),
      readMetadata: () =>
        client.api.GET(`${base}/Recordings/{Sid}.json`, {
          params: { path: { AccountSid: projectId, Sid: recording.sid } },
        }),
    },
    {
      setting: "messageMedia",
      label: "message media",
      ...urls(attachment.uri),
      readMetadata: () =>
        client.api.GET(`${base}/Messages/{MessageSid}/Media/{Sid}.json`, {
          params: {
            path: { AccountSid: projectId, MessageSid: message.sid, Sid: attachment.sid },
          },
        }),
    },
    {
      setting: "faxMedia",
      label: "fax media",
      ...urls(document.uri),
      readMetadata: () =>
        client.api.GET(`${base}/Faxes/{FaxSid}/Media/{Sid}.json`, {
          params: { path: { AccountSid: projectId, FaxSid: fax.sid, Sid: document.sid } },
        }),
    },
  ];
}

/** The walk for one medium: public, protected, denied, downloaded with credentials, public again. */
export function walk(
  medium: Medium,
  others: readonly Medium[],
  client: Client,
  stranger: Client,
): Step[] {
  let publicHash = "";
  return [
    {
      name: "public: anybody gets it",
      run: async () => {
        const response = await expectStatus(medium.url, 200);
        const bytes = new Uint8Array(await response.arrayBuffer());
        publicHash = createHash("sha256").update(bytes).digest("hex");
        return `200 ${response.headers.get("content-type")}, ${bytes.length} B`;
      },
    },
    {
      name: "switch protection on",
      run: async () => shown(await client.protection.enable([medium.setting])),
    },
    {
      name: "the same URL is denied, at once",
      run: async () => {
        await (await expectStatus(medium.url, 401)).body?.cancel();
        return "401";
      },
    },
    {
      name: "wrong credentials are denied",
      run: async () => {
        const refused = await stranger.media.download(medium.url).catch((error: unknown) => error);
        if (!(refused instanceof Error) || refused.name !== "AuthenticationError") {
          throw new StepFailed(`a wrong token was not refused: ${refused}`);
        }
        return refused.name;
      },
    },
    {
      name: "saveMedia with credentials, byte-exact",
      run: () => saveAndCompare(client, medium, publicHash),
    },
    {
      name: "the other two kinds are unaffected",
      run: async () => {
        for (const other of others) await (await expectStatus(other.url, 200)).body?.cancel();
        return others.map(() => "200").join(", ");
      },
    },
    {
      name: "metadata still needs, and takes, credentials",
      run: async () => {
        await expectStatus(medium.metadata, 401);
        const { response } = await medium.readMetadata();
        return `401 without, ${response.status} with`;
      },
    },
    {
      name: "switch protection off",
      run: async () => shown(await client.protection.disable([medium.setting])),
    },
    {
      name: "public again",
      run: async () => {
        await (await expectStatus(medium.url, 200)).body?.cancel();
        return "200";
      },
    },
  ];
}

/** The three switches, so that they fit in a line. */
function shown(settings: Readonly<Record<ProtectionSetting, boolean>>): string {
  const on = Object.entries(settings).flatMap(([setting, isOn]) => (isOn ? [setting] : []));
  return on.length === 0 ? "all off" : `${on.join(", ")} on`;
}

/** A request without credentials, as a player or an e-mail client sends it. */
async function expectStatus(url: string, status: number): Promise<Response> {
  const response = await fetch(url);
  if (response.status === status) return response;
  throw new StepFailed(`${url} was answered ${response.status}, not ${status}`);
}

async function saveAndCompare(client: Client, medium: Medium, publicHash: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "media-protection-"));
  try {
    const saved = await saveMedia(client, medium.url, folder);
    const onDisk = createHash("sha256")
      .update(await readFile(saved.path))
      .digest("hex");
    if (saved.sha256 !== publicHash || onDisk !== publicHash) {
      throw new StepFailed(
        `SHA-256 ${saved.sha256} is not ${publicHash}, that of the public bytes`,
      );
    }
    return `sha256 ${onDisk.slice(0, 16)}…`;
  } finally {
    await rm(folder, { recursive: true });
  }
}
