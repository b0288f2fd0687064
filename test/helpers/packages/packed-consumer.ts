import { readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { installPacked, pack, published, root } from "./packed.js";

/** How consumers resolve modules, with the `module` each of them needs. */
export const resolutions = { node16: "node16", nodenext: "nodenext", bundler: "esnext" } as const;

/** One of {@link resolutions}. */
export type Resolution = keyof typeof resolutions;

/** Packages packed and installed in an empty folder. */
export interface PackedConsumer {
  readonly folder: string;
  /** The tarballs that were installed. */
  readonly tarballs: Readonly<Record<keyof typeof offline, string>>;
  /** Every module that the packages export, as one imports it. */
  readonly entries: readonly string[];
  /** A module that imports every entry, with the strictest compiler options. */
  readonly typed: string;
}

/** What a consumer's code looks like: the types must be right, not only there. */
const usage = `
import { createClient, isMediaProtectionError, type Client, type MediaDownload } from "@media-protection/sdk";
import { saveMedia } from "@media-protection/sdk/node";
import { startMockServer } from "@media-protection/mock/server";

export async function save(): Promise<string> {
  const mock = await startMockServer({ port: 0 });
  const client: Client = createClient({ space: mock.url, ...mock.platform.credentials });
  const recordings: boolean = (await client.protection.enable(["recordings"])).recordings;
  const media: MediaDownload = await client.media.download(mock.platform.addRecording({}).urls.space);
  const chunk: Uint8Array | undefined = (await media.body.getReader().read()).value;
  const saved: { sha256: string } = await saveMedia(client, "https://example.com/", "folder/");
  return saved.sha256 + recordings + chunk;
}
export function explain(error: unknown): number | undefined {
  if (isMediaProtectionError(error) && error.name === "NotFoundError") return error.status;
  return undefined;
}
// @ts-expect-error A misspelt switch.
export const misspelt = (client: Client) => client.protection.set({ recording: true });
// @ts-expect-error Bytes are no text.
export const text = (media: MediaDownload): Promise<string> => media.bytes();
`;

/**
 * What is installed without the network: its dependencies are those of this repository. The others need
 * the registry, and are installed by `npm run test:consumers`.
 */
const { contract: contractFolder, sdk: sdkFolder, mock: mockFolder } = published;
const offline = { contract: contractFolder, sdk: sdkFolder, mock: mockFolder };

/**
 * Packs what is published, and installs it as a stranger would, without the network.
 *
 * @param more folders of packages that are installed beside them
 */
export async function makePackedConsumer(
  parent: string,
  more: readonly string[] = [],
): Promise<PackedConsumer> {
  const folder = join(parent, "consumer");
  const tarballs = await pack([...Object.values(offline), ...more], join(parent, "tarballs"));
  const [contract = "", sdk = "", mock = ""] = tarballs;
  await installPacked(tarballs, folder);
  // The mock's optional peers, which its entries ./node, ./browser, ./vitest and ./jest need.
  for (const peer of ["msw", "vitest", "@jest", "expect"]) {
    await symlink(join(root, "node_modules", peer), join(folder, "node_modules", peer));
  }
  const entries = (await Promise.all(Object.values(offline).map(entriesOf))).flat();
  const imports = entries.map((entry, index) => `import * as entry${index} from "${entry}";`);
  const named = entries.map((_, index) => `entry${index}`).join(", ");
  const typed = join(folder, "typed.ts");
  await writeFile(typed, `${imports.join("\n")}${usage}export const all = [${named}];\n`);
  return {
    folder,
    tarballs: { contract, sdk, mock },
    entries,
    typed,
  };
}

async function entriesOf(folder: string): Promise<string[]> {
  const manifest: { name: string; exports: Record<string, unknown> } = JSON.parse(
    await readFile(join(folder, "package.json"), "utf8"),
  );
  return Object.keys(manifest.exports)
    .filter((path) => !path.endsWith(".yaml"))
    .map((path) => manifest.name + path.slice(1));
}

/** What else consumers differ in. */
export interface Consumes {
  /** Whether an optional property may be given as `undefined`, TypeScript's default. @default false */
  readonly undefinedIsAbsent?: boolean;
  /** Whether it has Node's types in place of the DOM's. @default false */
  readonly isNode?: boolean;
}

/** The compiler options of a consumer, as in a tsconfig.json. */
export function compilerOptions(
  resolution: Resolution,
  skipLibCheck: boolean,
  { undefinedIsAbsent = false, isNode = false }: Consumes = {},
) {
  const dom = isNode ? [] : ["dom", "dom.iterable", "dom.asynciterable"];
  return {
    module: resolutions[resolution],
    moduleResolution: resolution,
    skipLibCheck,
    target: "es2022",
    lib: ["es2023", ...dom, "esnext.disposable"],
    types: isNode ? ["node"] : [],
    typeRoots: [join(root, "node_modules/@types")],
    strict: true,
    exactOptionalPropertyTypes: !undefinedIsAbsent,
    noUncheckedIndexedAccess: true,
    noEmit: true,
  };
}
