import {
  type Client,
  type ClientOptions,
  createClient,
  type RetryEvent,
} from "@media-protection/sdk";
import { answer, type ScriptedFetch, type Step, scriptedFetch } from "./scripted-fetch.js";

export const projectId = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a";
export const recording = {
  kind: "recording",
  recordingId: "0b7e0c1a-93a4-4a54-8a6e-6a1f3c2d4e5f",
} as const;
/** Where the recording is asked for. */
export const recordingUrl = `https://example.signalwire.com/api/laml/2010-04-01/Accounts/${projectId}/Recordings/${recording.recordingId}`;

/** The project's metadata, with recordings protected. */
export const projectAnswer = answer(
  200,
  {},
  JSON.stringify({
    id: projectId,
    name: "n",
    protect_recordings: true,
    protect_message_media: false,
    protect_fax_media: false,
  }),
);

/** A client whose requests a script answers. */
export interface ScriptedClient extends ScriptedFetch {
  readonly client: Client;
  /** What `onRetry` was told. */
  readonly retries: readonly RetryEvent[];
  /** Asks for the recording. */
  download(): ReturnType<Client["media"]["download"]>;
  /** Asks for the project's metadata. */
  get(): ReturnType<Client["projects"]["get"]>;
}

/** A client of the space `example` over those steps. */
export function scripted(
  steps: readonly Step[],
  options: Partial<ClientOptions> = {},
): ScriptedClient {
  const script = scriptedFetch(...steps);
  const retries: RetryEvent[] = [];
  const client = createClient({
    space: "example",
    projectId,
    apiToken: "PT-synthetic",
    fetch: script.fetch,
    onRetry: (event) => void retries.push(event),
    ...options,
  });
  return {
    ...script,
    client,
    retries,
    download: () => client.media.download(recording),
    get: () => client.projects.get(),
  };
}
