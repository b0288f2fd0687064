import { Agent } from "node:http";
import { type MediaKind, mediaKinds } from "@media-protection/contract";
import { expect, onTestFinished, test } from "vitest";
import { addKnownMedia, type KnownMedium } from "../helpers/mock/known-media.js";
import { startCrowd } from "../helpers/processes/crowd.js";
import { type MockProcess, startMockProcess } from "../helpers/processes/processes.js";
import { SwitchHistory } from "../helpers/processes/switch-history.js";
import { type Exchange, now, observe, plainDownload } from "../helpers/processes/timed-download.js";
import { pick, randomBy } from "../helpers/values/random.js";
import { basic, sending } from "../mock/scene.js";

// A crowd downloads over real sockets, while the three switches flip at random. Who flips them is in
// another process than the crowd, so that a look after a flip does not stand in the crowd's queue: a
// switch that counted a few milliseconds late would be seen. Run with another seed by
// SWITCHES_UNDER_LOAD_SEED=…

const seed = Number(process.env["SWITCHES_UNDER_LOAD_SEED"] ?? 20_260_115);
const crowdSize = 1000;
const flips = 20;
/** The most rounds of a request for each kind between two flips: longer than the crowd's requests take. */
const mostRounds = 60;
/** By when all must be over, in ms: many times what it takes. */
const deadline = 60_000;

const kinds = ["recording", "messageMedia", "faxMedia"] as const satisfies readonly MediaKind[];

/** Who flips the switches, and looks after each flip whether it counts. */
class Watcher {
  readonly exchanges: Exchange[] = [];
  /** What waits for its answer. */
  readonly pending = new Set<string>();
  readonly #histories: Readonly<Record<MediaKind, SwitchHistory>> = {
    recording: new SwitchHistory(),
    messageMedia: new SwitchHistory(),
    faxMedia: new SwitchHistory(),
  };
  readonly #random = randomBy(seed);
  readonly #mock: MockProcess;
  readonly #media: readonly KnownMedium[];
  readonly #agent = new Agent({ keepAlive: true });

  constructor(mock: MockProcess, media: readonly KnownMedium[]) {
    this.#mock = mock;
    this.#media = media;
  }

  async run(): Promise<void> {
    for (let flip = 0; flip < flips; flip++) {
      await this.#flip();
      // Mostly few.
      const rounds = Math.floor(this.#random() ** 2 * (mostRounds + 1));
      for (let round = 0; round < rounds; round++) await this.#look();
    }
    this.#agent.destroy();
  }

  /** What is wrong with an exchange; `undefined` for nothing. */
  wrong({ what, problem, isAnonymous, kind, start, head, status }: Exchange): string | undefined {
    if (problem !== undefined) return `${what}: ${problem}`;
    const right = isAnonymous ? this.#histories[kind].statusOf(start, head) : 200;
    if (right === undefined || status === right) return undefined;
    return `${what}: answered ${status} where only ${right} can be`;
  }

  /** To how many of these without credentials this answer alone was right, since they met no flip. */
  judged(exchanges: readonly Exchange[], kind: MediaKind, right: 200 | 401): number {
    const history = this.#histories[kind];
    return exchanges.filter(
      (it) => it.isAnonymous && it.kind === kind && history.statusOf(it.start, it.head) === right,
    ).length;
  }

  /** One request without credentials for each kind, all at once. */
  async #look(): Promise<void> {
    const looks = kinds.map((kind) => {
      const medium = pick(
        this.#media.filter((it) => it.kind === kind),
        this.#random,
      );
      const url = pick(medium.urls, this.#random);
      return observe("anonymous watcher", medium, url, this.pending, (it) =>
        plainDownload(it, {}, this.#agent),
      );
    });
    this.exchanges.push(...(await Promise.all(looks)));
  }

  /** Turns one switch or more. */
  async #flip(): Promise<void> {
    const first = pick(kinds, this.#random);
    const turned = kinds.filter((kind) => kind === first || this.#random() < 0.2);
    const { origins, projectId, apiToken } = this.#mock;
    const flags: Record<string, boolean> = {};
    for (const kind of turned) {
      const history = this.#histories[kind];
      flags[mediaKinds[kind].flag] = !history.on;
      history.flipSent(!history.on, now());
    }
    const url = `${origins.space}/api/projects/${projectId}`;
    const what = `PATCH ${url} ${JSON.stringify(flags)}`;
    this.pending.add(what);
    const answer = await fetch(url, sending("PATCH", basic(projectId, apiToken), flags));
    const answered = now();
    this.pending.delete(what);
    for (const kind of turned) this.#histories[kind].flipAnswered(answered);
    expect(await answer.json(), what).toMatchObject(flags);
  }
}

test(`a switch counts at once, whatever ${crowdSize} others download, seed ${seed}`, async () => {
  const mock = await startMockProcess();
  onTestFinished(() => mock.stop());
  const media = await addKnownMedia(mock);
  const { origins, projectId, apiToken } = mock;
  const job = { mock: { origins, projectId, apiToken }, media, size: crowdSize, seed };
  const crowd = await startCrowd(job);
  onTestFinished(() => crowd.stop());
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, deadline);
  });
  try {
    const watcher = new Watcher(mock, media);
    await Promise.race([watcher.run(), late]);
    const finished = crowd.finish();
    void late.then(() => crowd.hurry());
    const { most, exchanges, pending } = await finished;
    const hanging = [...watcher.pending, ...pending];
    const hang = `${hanging.length} hang after ${deadline} ms, seed ${seed}`;
    expect(hanging.slice(0, 10), hang).toEqual([]);

    const all = [...watcher.exchanges, ...exchanges];
    const wrong = all.flatMap((exchange) => watcher.wrong(exchange) ?? []);
    expect(wrong.slice(0, 10), `${wrong.length} of ${all.length}, seed ${seed}`).toEqual([]);
    expect(most).toBe(crowdSize);
    // Were every request to meet a flip, nothing would have been proved.
    for (const kind of kinds) {
      for (const status of [200, 401] as const) {
        expect(watcher.judged(all, kind, status), `${kind}, ${status}`).toBeGreaterThan(50);
      }
    }
  } finally {
    clearTimeout(timer);
  }
}, 90_000);
