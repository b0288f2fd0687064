import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");

describe("publint has nothing to say about the packed tarball of", () => {
  test.each(["packages/contract", "packages/sdk", "mock"])("%s", async (folder) => {
    const destination = await mkdtemp(join(tmpdir(), "packed-"));
    try {
      await promisify(execFile)("npm", ["pack", "--pack-destination", destination], {
        cwd: resolve(root, folder),
      });
      const [name = ""] = await readdir(destination);
      const tarball = new Uint8Array(await readFile(join(destination, name))).buffer;
      const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
      expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
    } finally {
      await rm(destination, { recursive: true });
    }
  });
});
