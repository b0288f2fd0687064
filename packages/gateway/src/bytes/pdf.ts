import type { Client, MediaRef } from "@media-protection/sdk";

const verdicts = 1000;

/** Remembers which media begin as a PDF does, by version. */
export class PdfCheck {
  readonly #known = new Map<string, boolean>();
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /** Whether the medium's first bytes are those of a PDF; `false` where they could not be read. */
  async isPdf(ref: MediaRef, projectId: string, etag: string | null): Promise<boolean> {
    const name = etag === null ? undefined : `${JSON.stringify(ref)} ${etag}`;
    const known = name === undefined ? undefined : this.#known.get(name);
    if (known !== undefined) return known;
    let found: boolean;
    try {
      const media = await this.#client.media.download(ref, {
        projectId,
        range: { start: 0, end: 4 },
      });
      found = new TextDecoder("latin1").decode(await media.bytes()) === "%PDF-";
    } catch {
      return false;
    }
    const [oldest] = this.#known.keys();
    if (this.#known.size >= verdicts && oldest !== undefined) this.#known.delete(oldest);
    if (name !== undefined) this.#known.set(name, found);
    return found;
  }
}
