import { appendFile, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** How many lines wait in memory before they are written. */
const mostWaiting = 20_000;

/**
 * Lines put aside on disk, by bucket, so that two long lists can be compared a bucket at a time: memory
 * holds one bucket.
 */
export class Spill {
  private readonly folder: string;
  private readonly waiting = new Map<string, string[]>();
  private count = 0;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Makes one in the system's folder for temporary files. */
  static async open(): Promise<Spill> {
    return new Spill(await mkdtemp(join(tmpdir(), "media-export-")));
  }

  /** @param bucket letters, digits, `-` and `_` */
  async add(bucket: string, line: string): Promise<void> {
    const lines = this.waiting.get(bucket) ?? [];
    lines.push(line);
    this.waiting.set(bucket, lines);
    if (++this.count >= mostWaiting) await this.write();
  }

  async buckets(): Promise<string[]> {
    await this.write();
    return (await readdir(this.folder)).sort();
  }

  async lines(bucket: string): Promise<string[]> {
    await this.write();
    const text = await readFile(join(this.folder, bucket), "utf8").catch((error: unknown) => {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
      throw error;
    });
    return text.split("\n").filter((line) => line !== "");
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  private async write(): Promise<void> {
    for (const [bucket, lines] of this.waiting) {
      await appendFile(join(this.folder, bucket), `${lines.join("\n")}\n`);
    }
    this.waiting.clear();
    this.count = 0;
  }
}
