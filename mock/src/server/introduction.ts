/**
 * What the command line says at the start: where the platform is, whose it is, and what to try.
 */

import { seededCredentials } from "../platform/options.js";
import { recordingUrls } from "../platform/urls.js";
import type { MockServer } from "./start-server.js";

/** The token as it may be shown: any but the seeded one is the user's own secret. */
function shownToken({ platform }: MockServer): string {
  const { apiToken } = platform.credentials;
  return apiToken === seededCredentials.apiToken ? apiToken : "$SIGNALWIRE_API_TOKEN";
}

/**
 * The introduction, for people.
 *
 * @param certificateFile where the certificate is, for clients; `undefined` without HTTPS.
 */
export function introduction(server: MockServer, certificateFile: string | undefined): string {
  const { platform, origins } = server;
  const { projectId } = platform.credentials;
  const token = shownToken(server);
  const seeded = token === seededCredentials.apiToken;
  const curl = certificateFile === undefined ? "curl" : `curl --cacert '${certificateFile}'`;
  const credentials = `-u "${projectId}:${token}"`;
  const recording = platform.recordings.of(projectId)[0]?.entity;
  const url = recording === undefined ? undefined : recordingUrls(platform, recording).spaceWav;
  const project = `${origins.space}/api/projects/${projectId}`;
  const body = `-H 'content-type: application/json' -d '{"protect_recordings":true}'`;
  const { deniedStatus, redirectToStorage } = platform.switches;
  const opened = redirectToStorage ? 302 : 200;
  const isProtected = platform.project(projectId).protectedSince.recording !== null;
  const protect = [
    "# Protect recordings",
    `${curl} -s -w '\\n' -X PATCH ${credentials} ${body} '${project}'`,
  ];
  return [
    `space         ${origins.space}`,
    `files host    ${origins.files}`,
    `storage host  ${origins.storage}`,
    `dashboard     ${origins.space}/`,
    `project id    ${projectId}`,
    `API token     ${token}${seeded ? "  (synthetic)" : ""}`,
    ...(certificateFile === undefined ? [] : [`certificate   ${certificateFile}`]),
    "",
    ...(url === undefined
      ? protect
      : [
          ...(isProtected
            ? []
            : [
                `# A recording is public: ${opened}`,
                `${curl} -s -o /dev/null -w '%{http_code}\\n' '${url}'`,
                ...protect,
              ]),
          `# Without credentials it is denied: ${deniedStatus}`,
          `${curl} -s -o /dev/null -w '%{http_code}\\n' '${url}'`,
          `# With credentials it opens: ${opened}`,
          `${curl} -s ${credentials} -o recording.wav -w '%{http_code}\\n' '${url}'`,
        ]),
    "",
  ].join("\n");
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
