import { expect, onTestFinished, test } from "vitest";
import { startTicker } from "../../packages/export/dist/command/ticker.js";

// A command that goes through copies for hours says how far it is.

function started(isTTY: boolean) {
  let [written, time] = ["", 0];
  const stream = { isTTY, columns: 40, write: (text: string) => (written += text) };
  const ticker = startTicker(stream, () => time);
  onTestFinished(() => ticker.end());
  return {
    ticker,
    at(milliseconds: number, text: string) {
      time = milliseconds;
      ticker.tick(text);
    },
    written: () => written,
  };
}

test("on a terminal one line is written over, never wider than it, and taken away at the end", () => {
  const { ticker, at, written } = started(true);
  at(100, "before anybody waits");
  at(250, "10 copies");
  at(260, "too soon");
  at(500, `20 copies ${"x".repeat(60)}`);
  ticker.end();
  const line = `20 copies ${"x".repeat(28)}…`;
  expect(line).toHaveLength(39);
  expect(written()).toBe(`\r10 copies\u001b[K\r${line}\u001b[K\r\u001b[K`);
});

test("in a log it is a line every ten seconds, and nothing for what is done at once", () => {
  const { ticker, at, written } = started(false);
  at(9_000, "soon");
  at(10_500, "10 copies");
  at(12_000, "too soon");
  at(20_500, "20 copies");
  ticker.end();
  expect(written()).toBe("10 copies\n20 copies\n");
});
