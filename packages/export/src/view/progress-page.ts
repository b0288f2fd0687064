import { once } from "node:events";
import { createServer } from "node:http";
import { OptionError } from "@media-protection/sdk";
import type { ExportProgress } from "../run/progress.js";
import type { ExportMetrics } from "./metrics.js";
import { css, html, script } from "./page-files.js";
import { Rates, secondsLeft } from "./rates.js";
import { bytesText, timeText } from "./words.js";

/** Options of {@link startProgressPage}. */
export interface ProgressPageOptions {
  /** The port; 0 for a free one. */
  readonly port: number;
  /**
   * The address to listen on. The page has no login: who reaches it sees keys, and with them perhaps
   * numbers.
   * @default "127.0.0.1"
   */
  readonly host?: string | undefined;
  /** Metrics to serve at `/metrics`. */
  readonly metrics?: Pick<ExportMetrics, "registry"> | undefined;
}

/** A page that is being served. */
export interface ProgressPage {
  /** Where it is. */
  readonly url: string;
  /** To be given as `onProgress`. */
  readonly update: (progress: ExportProgress) => void;
  /** Says on the page that the export has ended. */
  end(): void;
  /** Ends the server. */
  close(): Promise<void>;
}

/** How many running media are told. */
const mostRunning = 20;

const none: ExportProgress = {
  ...{
    shardsDone: 0,
    shardsPlanned: 0,
    isListed: false,
    isPaused: false,
    listed: 0,
    known: 0,
    saved: 0,
    kept: 0,
  },
  ...{ gone: 0, failed: 0, bytes: 0, milliseconds: 0, reasons: {}, running: [] },
};

/**
 * Serves a small live page: shards, media, a chart of bytes and media a second, what is under way, what
 * could not be got.
 *
 * @throws OptionError for a port that is none
 */
export async function startProgressPage(options: ProgressPageOptions): Promise<ProgressPage> {
  const { port, host = "127.0.0.1", metrics } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new OptionError("port", "a whole number, 0 to 65535");
  }
  const rates = new Rates();
  let last = none;
  let isOver = false;
  const texts: Readonly<
    Record<string, readonly [type: string, text: () => string | Promise<string>]>
  > = {
    "/": ["text/html; charset=utf-8", () => html],
    "/page.css": ["text/css; charset=utf-8", () => css],
    "/page.js": ["text/javascript; charset=utf-8", () => script],
    "/progress": ["application/json", () => JSON.stringify(told(last, rates, isOver))],
    ...(metrics && {
      "/metrics": [metrics.registry.contentType, () => metrics.registry.metrics()] as const,
    }),
  };
  const server = createServer((request, response) => {
    const found = texts[request.url ?? ""];
    const isRead = request.method === "GET" || request.method === "HEAD";
    // A page elsewhere that has its own name lead here (DNS rebinding) has that name in Host.
    const isOurs =
      !["127.0.0.1", "::1", "localhost"].includes(host) ||
      /^(?:127\.0\.0\.1|\[::1\]|localhost)(?::\d+)?$/.test(request.headers.host ?? "");
    if (!found || !isRead || !isOurs) {
      response.writeHead(isRead ? (isOurs ? 404 : 403) : 405).end();
      return;
    }
    const [type, text] = found;
    void Promise.resolve(text()).then(
      (body) => {
        response.writeHead(200, {
          "content-type": type,
          "cache-control": "no-store",
          "content-security-policy":
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "x-content-type-options": "nosniff",
          "referrer-policy": "no-referrer",
        });
        response.end(body);
      },
      () => response.writeHead(500).end(),
    );
  });
  server.listen(port, host);
  await once(server, "listening").catch((error: NodeJS.ErrnoException) => {
    throw new OptionError(
      "port",
      `one that is free: ${port} cannot be listened at (${error.code})`,
    );
  });
  const address = server.address();
  const bound = typeof address === "object" && address !== null ? address.port : port;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}/`,
    update(progress) {
      last = progress;
      rates.note(progress);
    },
    end: () => {
      isOver = true;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** What the page is told. */
function told(progress: ExportProgress, rates: Rates, isOver: boolean) {
  const samples = rates.samples();
  const now = isOver ? { bytes: 0, media: 0 } : rates.now();
  const left = isOver ? undefined : secondsLeft(progress, now);
  const running = isOver ? [] : progress.running.slice(0, mostRunning);
  return {
    progress: { ...progress, running: [], isOver },
    samples,
    words: {
      bytes: bytesText(progress.bytes),
      bytesRate: bytesText(now.bytes),
      mediaRate: now.media.toFixed(1),
      bytesMost: bytesText(Math.max(0, ...samples.map(({ bytes }) => bytes))),
      mediaMost: Math.max(0, ...samples.map(({ media }) => media)).toFixed(1),
      left: left === undefined ? "–" : timeText(left),
      running: running.map(({ key, loaded, total }) => {
        return `${bytesText(loaded)}${total === undefined ? "" : ` of ${bytesText(total)}`} · ${key}`;
      }),
    },
  };
}
