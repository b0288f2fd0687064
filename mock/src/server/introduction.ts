/**
 * What the command line says at the start: where the platform is, whose it is, and what to try.
 */

import { seededCredentials } from "../platform/options.js";
import { recordingUrls } from "../platform/urls.js";
import type { MockServer } from "./start-server.js";

/** A value as a shell reads it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * The introduction, for people: where the platform is, a block of variables to paste where their program
 * runs, and what to try with them.
 *
 * @param certificateFile where the certificate is, for clients; `undefined` without HTTPS.
 */
export function introduction(server: MockServer, certificateFile: string | undefined): string {
  const { platform, origins } = server;
  const { projectId, apiToken } = platform.credentials;
  const recording = platform.recordings.of(projectId)[0]?.entity;
  const url = recording === undefined ? undefined : recordingUrls(platform, recording).spaceWav;
  const variables = {
    SIGNALWIRE_SPACE: origins.space,
    SIGNALWIRE_MEDIA_ORIGINS: origins.files,
    SIGNALWIRE_PROJECT_ID: projectId,
    SIGNALWIRE_SIGNING_KEY: platform.signingKeys(projectId)[0] ?? "",
    ...(certificateFile === undefined ? {} : { NODE_EXTRA_CA_CERTS: certificateFile }),
    ...(url === undefined ? {} : { RECORDING_URL: url }),
    // Any but the seeded one is the user's own secret.
    ...(apiToken === seededCredentials.apiToken ? { SIGNALWIRE_API_TOKEN: apiToken } : {}),
  };
  return [
    `space         ${origins.space}`,
    `files host    ${origins.files}`,
    `storage host  ${origins.storage}`,
    `dashboard     ${origins.space}/`,
    "",
    "# Paste this where your program runs",
    ...Object.entries(variables).map(([name, value]) => `export ${name}=${quoted(value)}`),
    ...("SIGNALWIRE_API_TOKEN" in variables
      ? []
      : ["export SIGNALWIRE_API_TOKEN  # as you gave it to this mock"]),
    "",
    ...toTry(server, url !== undefined, certificateFile !== undefined),
    "",
  ].join("\n");
}

/** Requests to paste, over the variables above. */
function toTry({ platform }: MockServer, hasRecording: boolean, isHttps: boolean): string[] {
  const { deniedStatus, redirectToStorage } = platform.switches;
  const opened = redirectToStorage ? 302 : 200;
  const { protectedSince } = platform.project(platform.credentials.projectId);
  const curl = isHttps ? 'curl --cacert "$NODE_EXTRA_CA_CERTS"' : "curl";
  const credentials = '-u "$SIGNALWIRE_PROJECT_ID:$SIGNALWIRE_API_TOKEN"';
  const asked = `-w '%{http_code}\\n' "$RECORDING_URL"`;
  const status = `${curl} -s -o /dev/null ${asked}`;
  const protect = [
    "# Protect recordings",
    `${curl} -s -w '\\n' -X PATCH ${credentials} \\`,
    `  -H 'content-type: application/json' -d '{"protect_recordings":true}' \\`,
    '  "$SIGNALWIRE_SPACE/api/projects/$SIGNALWIRE_PROJECT_ID"',
  ];
  if (!hasRecording) return protect;
  return [
    ...(protectedSince.recording === null
      ? [`# A recording is public: ${opened}`, status, ...protect]
      : []),
    `# Without credentials it is denied: ${deniedStatus}`,
    status,
    `# With credentials it opens: ${opened}`,
    `${curl} -s -o recording.wav ${credentials} \\`,
    `  ${asked}`,
  ];
}

/** The same for programs. */
export function introductionFacts(server: MockServer, certificateFile: string | undefined): object {
  const { origins, platform } = server;
  return {
    origins,
    projectId: platform.credentials.projectId,
    ...(certificateFile === undefined ? {} : { certificate: certificateFile }),
  };
}
