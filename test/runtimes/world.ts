/** What the suite is told of the mock that it runs against. Everything in it is synthetic. */
export interface World {
  readonly origins: { readonly space: string; readonly files: string; readonly storage: string };
  readonly projectId: string;
  readonly apiToken: string;
  /** Every project of the tree, in the order of the platform. */
  readonly projectIds: readonly string[];
  /** Every recording of the project, in any order. */
  readonly recordingIds: readonly string[];
  readonly media: readonly WorldMedium[];
  /** A callback as the platform would sign it. */
  readonly callback: {
    readonly url: string;
    readonly body: string;
    readonly signingKey: string;
    readonly signature: string;
  };
  /** An origin with nothing behind it. */
  readonly deadOrigin: string;
  /** An origin whose media are cut, silent or endless: see {@link faults}. */
  readonly faultyOrigin: string;
  /** What the medium of the faulty origin is when it is whole. */
  readonly faultySha256: string;
}

/** One medium of each kind, and where it is. */
export interface WorldMedium {
  readonly kind: "recording" | "messageMedia" | "faxMedia";
  readonly space: string;
  readonly files: string;
  readonly sha256: string;
  readonly size: number;
}

/** Ids of the recordings on the faulty origin, by what goes wrong with them. */
export const faults = {
  /** Cut after half of its bytes, unless a range is asked for; with a strong entity tag. */
  cutOnce: "5eed0000-0000-4000-8000-00000000f001",
  /** Always cut after half of its bytes, with nothing to resume by. */
  cutAlways: "5eed0000-0000-4000-8000-00000000f002",
  /** Never answered. */
  silent: "5eed0000-0000-4000-8000-00000000f003",
  /** Goes on until the client leaves. */
  endless: "5eed0000-0000-4000-8000-00000000f004",
  /** Whole, with nothing that announces its length; ranges are served. */
  lengthless: "5eed0000-0000-4000-8000-00000000f005",
  /** The same, cut after half of its bytes unless a range is asked for; with a strong entity tag. */
  lengthlessCut: "5eed0000-0000-4000-8000-00000000f006",
  /** The same, cut always, whatever is asked for. */
  lengthlessCutAlways: "5eed0000-0000-4000-8000-00000000f007",
  /** In chunks over HTTP/1.0, cut after half of its bytes unless a range is asked for; with a tag. */
  oldChunksCut: "5eed0000-0000-4000-8000-00000000f008",
  /** In chunks with `Proxy-Connection: close`, likewise. */
  proxyChunksCut: "5eed0000-0000-4000-8000-00000000f009",
} as const;

/** The path of a recording in the compatibility API. */
export function recordingPath(projectId: string, id: string): string {
  return `/api/laml/2010-04-01/Accounts/${projectId}/Recordings/${id}`;
}

/** How one case went. */
export interface CaseResult {
  readonly group: Group;
  readonly name: string;
  /** Why it failed; left out where it passed. */
  readonly failure?: string;
}

/** What a runtime reports. */
export interface RuntimeReport {
  /** What the runtime says that it is. */
  readonly runtime: string;
  readonly results: readonly CaseResult[];
}

/** The groups of the suite, in order. */
export const groups = [
  "toggle",
  "list",
  "download",
  "redirect",
  "errors",
  "trust",
  "callbacks",
  "gateway",
] as const;

export type Group = (typeof groups)[number];
