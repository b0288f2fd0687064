import { describe, expect, test } from "vitest";
import { trustMediaUrl } from "../../../packages/sdk/dist/trust/trust-decision.js";
import {
  account,
  files,
  id,
  other,
  parent,
  project,
  recording,
  space,
  spaceId,
  trust,
} from "../../helpers/mock/trusted-project.js";

describe("URLs that receive credentials", () => {
  test.each<[string, string, object]>([
    ["a recording", `${space}${recording}`, { kind: "recording", recordingId: id }],
    ["a WAV recording", `${space}${recording}.wav`, { kind: "recording", format: "wav" }],
    ["an MP3 recording", `${space}${recording}.mp3`, { kind: "recording", format: "mp3" }],
    [
      "message media",
      `${space}${account}/Messages/${parent}/Media/${id}`,
      { kind: "messageMedia", messageId: parent, mediaId: id },
    ],
    [
      "fax media",
      `${space}${account}/Faxes/${parent}/Media/${id}`,
      { kind: "faxMedia", faxId: parent, mediaId: id },
    ],
    [
      "a recording on the files host",
      `${files}/${spaceId}/${project}/recordings/${id}.wav`,
      { kind: "recording", origin: files, spaceId, file: `${id}.wav` },
    ],
    [
      "a video recording on the files host",
      `${files}/${spaceId}/${project}/recordings/${id}.mp4`,
      { kind: "recording" },
    ],
    [
      "an attachment on the files host",
      `${files}/${spaceId}/${project}/messages/${id}.jpg`,
      { kind: "messageMedia" },
    ],
    [
      "a fax on the files host",
      `${files}/${spaceId}/${project}/faxes/2026-11-23-${id}.pdf`,
      { kind: "faxMedia", file: `2026-11-23-${id}.pdf` },
    ],
    [
      "the default port written out",
      `${space.replace(".com", ".com:443")}${recording}`,
      { kind: "recording" },
    ],
  ])("%s", (_, url, ref) => {
    expect(trustMediaUrl(url, trust)).toMatchObject({
      trusted: true,
      ref: { projectId: project, ...ref },
    });
  });

  test("are rebuilt from the reference: query and fragment are dropped", () => {
    const decision = trustMediaUrl(`${space}${recording}.wav?token=x&a=//evil.example#f`, trust);
    expect(decision).toMatchObject({ trusted: true, url: { href: `${space}${recording}.wav` } });
  });

  test("include http on loopback, where the mock lives", () => {
    const local = {
      ...trust,
      spaceOrigin: "http://127.0.0.1:4010",
      mediaOrigins: ["http://[::1]:4011"],
    };
    expect(trustMediaUrl(`http://127.0.0.1:4010${recording}`, local).trusted).toBe(true);
    expect(
      trustMediaUrl(`http://[::1]:4011/${spaceId}/${project}/recordings/${id}.wav`, local).trusted,
    ).toBe(true);
    expect(trustMediaUrl(`http://127.0.0.1:4011${recording}`, local).trusted).toBe(false);
    expect(trustMediaUrl(`http://localhost:4010${recording}`, local).trusted).toBe(false);
  });

  test("are rebuilt on the media origin they came from", () => {
    const two = { ...trust, mediaOrigins: [files, "https://media.example.org"] };
    const url = `https://media.example.org/${spaceId}/${project}/recordings/${id}.wav`;
    expect(trustMediaUrl(url, two)).toMatchObject({ trusted: true, url: { href: url } });
  });

  test("include a named subproject's media, and then only that project's", () => {
    const named = { ...trust, projectId: other };
    expect(trustMediaUrl(`${space}${recording.replace(project, other)}`, named).trusted).toBe(true);
    expect(trustMediaUrl(`${space}${recording}`, named)).toMatchObject({ reason: "project" });
  });
});

const hostile: [reason: string, what: string, url: string][] = [
  // another host
  ["origin", "another host", `https://evil.example${recording}`],
  ["origin", "another space of the platform", `https://other.signalwire.com${recording}`],
  ["origin", "the bare parent domain", `https://signalwire.com${recording}`],
  ["origin", "a subdomain of the space", `https://a.example.signalwire.com${recording}`],
  ["origin", "the space as a prefix", `https://example.signalwire.com.evil.example${recording}`],
  ["origin", "the space as a suffix", `https://evil-example.signalwire.com${recording}`],
  [
    "origin",
    "the files host as a suffix",
    `https://evilfiles.signalwire.com/${spaceId}/${project}/recordings/${id}.wav`,
  ],
  [
    "origin",
    "a host that ends like the files host",
    `https://files.signalwire.com.evil.example/${spaceId}/${project}/recordings/${id}.wav`,
  ],
  ["origin", "another top-level domain", `https://example.signalwire.co${recording}`],
  ["origin", "a dash for a dot", `https://example-signalwire.com${recording}`],
  ["origin", "an S3 bucket", `https://bucket.s3.amazonaws.com${recording}`],
  ["origin", "the cloud's metadata address", `https://169.254.169.254${recording}`],
  ["origin", "loopback, when the space is not there", `http://127.0.0.1${recording}`],
  ["origin", "a trailing dot", `https://example.signalwire.com.${recording}`],
  ["origin", "an upper-case host", `https://EXAMPLE.signalwire.com${recording}`],
  ["origin", "a numeric host", `https://2130706433${recording}`],
  ["origin", "a percent-encoded host", `https://%65xample.signalwire.com${recording}`],
  ["origin", "a punycode look-alike", `https://xn--xample-2of.signalwire.com${recording}`],
  ["malformed", "a Cyrillic look-alike", `https://\u0435xample.signalwire.com${recording}`],
  [
    "malformed",
    "full-width letters that normalise to the space",
    `https://\uff45xample.signalwire.com${recording}`,
  ],
  ["malformed", "a full-width dot", `https://example\u3002signalwire.com${recording}`],
  // another port or scheme
  ["origin", "another port", `https://example.signalwire.com:8443${recording}`],
  ["origin", "port 80 over https", `https://example.signalwire.com:80${recording}`],
  ["scheme", "plain http", `http://example.signalwire.com${recording}`],
  ["scheme", "plain http on port 443", `http://example.signalwire.com:443${recording}`],
  ["malformed", "an upper-case scheme", `HTTPS://example.signalwire.com${recording}`],
  ["malformed", "ftp", `ftp://example.signalwire.com${recording}`],
  ["malformed", "a file", `file:///${recording}`],
  ["malformed", "script", `javascript:fetch("https://evil.example")`],
  ["malformed", "data", "data:audio/wav;base64,AAAA"],
  ["malformed", "blob", `blob:https://example.signalwire.com/${id}`],
  // userinfo
  ["userinfo", "a user", `https://user@example.signalwire.com${recording}`],
  ["userinfo", "user and password", `https://user:password@example.signalwire.com${recording}`],
  ["userinfo", "empty userinfo", `https://@example.signalwire.com${recording}`],
  [
    "userinfo",
    "the space as userinfo of another host",
    `https://example.signalwire.com@evil.example${recording}`,
  ],
  [
    "userinfo",
    "the space and a port as userinfo",
    `https://example.signalwire.com:443@evil.example${recording}`,
  ],
  // the parser's normalisations
  ["malformed", "backslashes for slashes", `https:\\\\example.signalwire.com${recording}`],
  [
    "path",
    "a backslash that ends the host",
    `https://example.signalwire.com\\@evil.example${recording}`,
  ],
  ["path", "backslashes in the path", `${space}${recording.replaceAll("/", "\\")}`],
  ["malformed", "one slash", `https:/example.signalwire.com${recording}`],
  ["malformed", "no slashes", `https:example.signalwire.com${recording}`],
  ["origin", "three slashes", `https:///example.signalwire.com${recording}`],
  ["malformed", "no scheme", `//example.signalwire.com${recording}`],
  ["malformed", "a path alone", recording],
  ["malformed", "a leading space", ` ${space}${recording}`],
  ["malformed", "a trailing newline", `${space}${recording}\n`],
  ["malformed", "a tab within the host", `https://exam\tple.signalwire.com${recording}`],
  ["malformed", "a NUL", `${space}${recording}\0`],
  ["malformed", "empty", ""],
  ["malformed", "not a URL", "recording"],
  ["malformed", "an impossible port", `https://example.signalwire.com:99999${recording}`],
  // another account
  ["project", "another project", `${space}${recording.replace(project, other)}`],
  [
    "project",
    "another project on the files host",
    `${files}/${spaceId}/${other}/recordings/${id}.wav`,
  ],
  [
    "path",
    "another project, then this one by dots",
    `${space}${account.replace(project, other)}/../${project}/Recordings/${id}`,
  ],
  // another path
  ["path", "the root", `${space}/`],
  ["path", "no path", space],
  ["path", "the projects API", `${space}/api/projects/${project}`],
  ["path", "the recording's metadata", `${space}${recording}.json`],
  ["path", "another extension", `${space}${recording}.exe`],
  ["path", "the list of recordings", `${space}${account}/Recordings`],
  ["path", "an upper-case path", `${space}${recording.toUpperCase()}`],
  ["path", "a trailing slash", `${space}${recording}/`],
  ["path", "a doubled slash", `${space}/${recording}`],
  ["path", "something behind the id", `${space}${recording}/../../evil`],
  ["path", "a media shape further down", `${space}/proxy${recording}`],
  ["path", "dot segments", `${space}/x/..${recording}`],
  ["path", "encoded dot segments", `${space}/x/%2e%2e${recording}`],
  ["path", "an encoded slash", `${space}${recording.replace("/Recordings/", "%2FRecordings%2F")}`],
  ["path", "another character for the dot", `${space}${recording}_wav`],
  ["path", "an encoded dot", `${space}${recording}%2ewav`],
  ["path", "an encoded backslash", `${space}${account}%5CRecordings%5C${id}`],
  ["path", "an encoded NUL", `${space}${recording}%00.wav`],
  ["path", "an id that is no UUID", `${space}${account}/Recordings/RE123`],
  ["path", "a path parameter", `${space}${recording};x=1`],
  ["path", "the space's shape on the files host", `${files}${recording}`],
  [
    "path",
    "the files host's shape on the space",
    `${space}/${spaceId}/${project}/recordings/${id}.wav`,
  ],
  [
    "path",
    "an unknown folder on the files host",
    `${files}/${spaceId}/${project}/backups/${id}.wav`,
  ],
  ["path", "no extension on the files host", `${files}/${spaceId}/${project}/recordings/${id}`],
  ["path", "dots in a file's name", `${files}/${spaceId}/${project}/recordings/..wav`],
  ["path", "no project on the files host", `${files}/${spaceId}/recordings/${id}.wav`],
];

describe("URLs that receive no credentials", () => {
  test.each(hostile)("%s: %s", (reason, _, url) => {
    expect(trustMediaUrl(url, trust)).toMatchObject({ trusted: false, reason });
  });

  test("as URL objects are refused too, or normalise to a trusted media URL exactly", () => {
    const own = [`${space}${recording}`, `${space}${account}/Recordings/${id}`];
    for (const [, what, url] of hostile.filter(([, , url]) => URL.canParse(url))) {
      const decision = trustMediaUrl(new URL(url), trust);
      if (decision.trusted) expect(own, what).toContain(decision.url.href);
    }
  });
});
