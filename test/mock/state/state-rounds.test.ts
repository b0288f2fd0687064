import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Schemas } from "@media-protection/contract";
import { expect, test } from "vitest";
import { randomBy } from "../../helpers/values/random.js";
import { json, sending } from "../scene.js";
import { endedProcess, type MockProcess, startProcess } from "./mock-process.js";

// Rounds of changes, each ended by kill -9 at any moment, some with a disk that fills or a second
// server beside the first: what was answered is there at the next start, and nothing else happened.
// STATE_ROUNDS sets how many, STATE_SEED which.

const rounds = Number(process.env["STATE_ROUNDS"] ?? 6);
const seed = Number(process.env["STATE_SEED"] ?? 1);

/** Whether the disk has room for a few changes only, which the round has more of. */
const isFull = (round: number) => round % 3 === 2;

/** What one subproject is known to be. */
interface Known {
  readonly name: string;
  readonly protected: boolean;
  readonly recordings: ReadonlySet<string>;
}

/** Changes one subproject, one thing after the other, and keeps what was answered. */
class Actor {
  readonly id: string;
  known: Known;
  /** What the last change may have made of it, where it got no answer. */
  maybe: Known | undefined;
  /** Whether a recording may have come of which nobody knows the id. */
  mayHaveOneMore = false;
  answered = 0;
  refused = 0;

  constructor({ id, name }: { readonly id: string; readonly name: string }) {
    this.id = id;
    this.known = { name, protected: false, recordings: new Set() };
  }

  async change(server: MockProcess, random: () => number): Promise<void> {
    const [url, headers] = [`${server.url}/api/projects/${this.id}`, server.headers];
    const { known } = this;
    const [first] = known.recordings;
    const choice = Math.floor(random() * 4);
    if (choice === 0) {
      const name = `Branch ${random()}`;
      await this.#ask({ ...known, name }, url, sending("PATCH", headers, { name }));
    } else if (choice === 1) {
      const next = { ...known, protected: !known.protected };
      const body = { protect_recordings: next.protected };
      await this.#ask(next, url, sending("PATCH", headers, body));
    } else if (choice === 2 && first !== undefined) {
      const recordings = new Set([...known.recordings].slice(1));
      const target = `${server.url}/api/laml/2010-04-01/Accounts/${this.id}/Recordings/${first}`;
      const as = { ...headers };
      await this.#ask({ ...known, recordings }, target, { method: "DELETE", headers: as });
    } else {
      this.mayHaveOneMore = true;
      const body = sending("POST", {}, { kind: "recording", projectId: this.id, seconds: 1 });
      const answer = await this.#ask(known, `${server.url}/__mock/media`, body);
      if (answer === undefined) return;
      this.mayHaveOneMore = false;
      const { id } = answer as { readonly id?: string };
      if (id !== undefined) {
        this.known = { ...known, recordings: new Set([...known.recordings, id]) };
      }
    }
  }

  /** @returns the answer's JSON; `undefined` where none came. */
  async #ask(next: Known, url: string, init: RequestInit): Promise<unknown> {
    this.maybe = next;
    let response: Response;
    let body: unknown;
    try {
      response = await fetch(url, init);
      body = response.status === 204 ? {} : await response.json();
    } catch (error) {
      if (error instanceof TypeError) return undefined;
      throw error;
    }
    this.maybe = undefined;
    expect([200, 201, 204, 500]).toContain(response.status);
    if (response.ok) {
      this.known = next;
      this.answered++;
    } else {
      this.refused++;
    }
    return body;
  }

  /** Compares with what a server says now, and goes on from there. */
  async verify(server: MockProcess, round: string): Promise<void> {
    const { headers } = server;
    const project = await json<Schemas["Project"]>(
      fetch(`${server.url}/api/projects/${this.id}`, { headers }),
    );
    const account = `${server.url}/api/laml/2010-04-01/Accounts/${this.id}`;
    const list = await json<Schemas["RecordingList"]>(
      fetch(`${account}/Recordings.json?PageSize=1000`, { headers }),
    );
    const there: Known = {
      name: project.name,
      protected: project.protect_recordings,
      recordings: new Set(list.recordings.map(({ sid }) => sid)),
    };
    const text = ({ recordings, ...rest }: Known) =>
      JSON.stringify({ ...rest, recordings: [...recordings].sort() });
    const possible = [this.known, this.maybe ?? this.known].map(text);
    const extra = [...there.recordings].filter((id) => !this.known.recordings.has(id));
    const [one] = extra;
    if (this.mayHaveOneMore && one !== undefined) {
      possible.push(text({ ...this.known, recordings: new Set([...this.known.recordings, one]) }));
    }
    expect(possible, round).toContain(text(there));
    this.known = there;
    this.maybe = undefined;
    this.mayHaveOneMore = false;
  }
}

test(
  "nothing that was answered is lost, and nothing half done, by kill -9, a full disk, a second server",
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "mock-rounds-"));
    const file = join(folder, "state.json");
    const args = ["--port", "0", "--state", file, "--empty"];
    const random = randomBy(seed);
    let server = await startProcess(args);
    try {
      const create = sending("POST", server.headers, { name: "Branch" });
      const made = [0, 1, 2, 3].map(() =>
        json<Schemas["Project"]>(fetch(`${server.url}/api/projects`, create)),
      );
      const actors = (await Promise.all(made)).map((project) => new Actor(project));
      for (let round = 0; round < rounds; round++) {
        // Each actor goes on until the server is gone; it goes when so many changes were begun.
        let left = isFull(round) ? 80 : Math.floor(random() * 60);
        const second = round % 5 === 2 ? endedProcess(args) : undefined;
        await Promise.all(
          actors.map(async (actor) => {
            while (left-- > 0) await actor.change(server, random);
            if (left < -actors.length) return;
            await second;
            // The others are in the middle of theirs.
            server.child.kill("SIGKILL");
          }),
        );
        await server.kill();
        const refusal = await second;
        if (refusal !== undefined) {
          expect(refusal.code).toBe(1);
          expect(refusal.err).toContain(String(server.child.pid));
        }
        const blocks = Math.ceil((await stat(file)).size / 1024) + 1;
        server = await startProcess(args, isFull(round + 1) ? blocks : undefined);
        for (const actor of actors) await actor.verify(server, `seed ${seed}, round ${round}`);
      }
      const answered = actors.reduce((sum, one) => sum + one.answered, 0);
      const refused = actors.reduce((sum, one) => sum + one.refused, 0);
      if (rounds > 6)
        process.stdout.write(`${rounds} rounds: ${answered} answered, ${refused} refused\n`);
      expect(answered).toBeGreaterThan(rounds);
      expect(refused).toBeGreaterThan(0);
    } finally {
      await server.kill().catch(() => undefined);
      await rm(folder, { recursive: true });
    }
  },
  rounds * 20_000,
);
