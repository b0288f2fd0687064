import type { ExportProgress } from "../run/progress.js";
import { progressLine, progressView } from "./progress-text.js";
import { Rates } from "./rates.js";

/** Where progress is shown: `process.stderr`, usually. */
export interface ProgressStream {
  /** Writes. */
  write(text: string): unknown;
  /** Whether it is a terminal. */
  readonly isTTY?: boolean | undefined;
  /** Its width in characters. */
  readonly columns?: number | undefined;
}

/** Options of {@link showProgress}. */
export interface ShowProgressOptions {
  /** How often, in milliseconds, it is drawn. @default 200 on a terminal, 10000 elsewhere */
  readonly interval?: number | undefined;
  /** `view`: lines that are drawn over; `lines`: one now and then; `json`: a JSON object a line. @default by the stream */
  readonly format?: "view" | "lines" | "json" | undefined;
}

/** Progress that is being shown. */
export interface ShownProgress {
  /** To be given as `onProgress`. */
  readonly update: (progress: ExportProgress) => void;
  /** Shows the last word, and leaves the cursor below it. */
  end(): void;
}

/** Shows an export's progress: a view that is drawn over on a terminal, plain lines elsewhere. */
export function showProgress(
  stream: ProgressStream,
  options: ShowProgressOptions = {},
): ShownProgress {
  const { format = stream.isTTY ? "view" : "lines" } = options;
  const { interval = format === "view" ? 200 : 10_000 } = options;
  const rates = new Rates();
  let last: ExportProgress | undefined;
  let drawnAt = -Infinity;
  let drawn = 0;
  const draw = (progress: ExportProgress) => {
    drawnAt = progress.milliseconds;
    if (format === "json") {
      const { running: _, ...counts } = progress;
      const { media, bytes } = rates.now();
      stream.write(
        `${JSON.stringify({ ...counts, mediaPerSecond: media, bytesPerSecond: bytes })}\n`,
      );
    } else if (format === "lines") {
      stream.write(`${progressLine(progress, rates.now())}\n`);
    } else {
      const lines = progressView(progress, rates.now(), stream.columns ?? 80);
      const up = drawn > 0 ? `\u001b[${drawn}A` : "";
      // Each line is cleared behind its text, and what an earlier view had below, too.
      stream.write(`${up}${lines.map((line) => `${line}\u001b[K\n`).join("")}\u001b[J`);
      drawn = lines.length;
    }
  };
  return {
    update(progress) {
      last = progress;
      rates.note(progress);
      if (progress.milliseconds - drawnAt >= interval) draw(progress);
    },
    end() {
      if (last && last.milliseconds !== drawnAt) draw(last);
    },
  };
}
