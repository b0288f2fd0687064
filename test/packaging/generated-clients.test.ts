import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { operations } from "../helpers/contract/contract-operations.js";
import {
  diagnose,
  generateClient,
  generators,
  writeUse,
} from "../helpers/packages/generated-client.js";

// The contract serves generators besides our own: what they make of it compiles in a strict project,
// and bytes are a Blob, neither unknown nor text.

describe.each(Object.entries(generators))("a client made by %s", (_, generator) => {
  let folder: string;
  let said: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "generated-"));
    said = await generateClient(generator, folder);
  }, 120_000);

  afterAll(() => rm(folder, { recursive: true }));

  test("is made without a complaint", () => {
    expect(said).not.toMatch(/error|warn|fail|invalid|⚠/i);
  });

  test("compiles, and has a Blob for the bytes of every operation", async () => {
    expect(diagnose(await writeUse(generator, operations, folder))).toBe("");
  }, 120_000);
});
