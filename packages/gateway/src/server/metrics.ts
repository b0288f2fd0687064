import { Counter, Gauge, Registry } from "prom-client";
import type { AuditEvent } from "../gateway/options.js";

/** What an operator watches, for Prometheus. */
export interface Metrics {
  /** Counts an answer. */
  answered(method: string, status: number): void;
  /** Counts an opened link. */
  opened(event: AuditEvent): void;
  /** The text that Prometheus reads. */
  text(): Promise<string>;
  /** Its type. */
  readonly contentType: string;
}

const methods = new Set(["GET", "HEAD", "POST", "OPTIONS"]);

/** Metrics of one gateway. No label is anything that a viewer can choose. */
export function createMetrics(underWay: () => number): Metrics {
  const register = new Registry();
  const registers = [register];
  const answers = new Counter({
    name: "media_gateway_answers_total",
    help: "Answers by method and status.",
    labelNames: ["method", "status"],
    registers,
  });
  const links = new Counter({
    name: "media_gateway_links_total",
    help: "Opened links by how that ended.",
    labelNames: ["what", "end"],
    registers,
  });
  const bytes = new Counter({
    name: "media_gateway_bytes_total",
    help: "Bytes of media that viewers took from Node.",
    registers,
  });
  new Gauge({
    name: "media_gateway_under_way",
    help: "Answers under way.",
    registers,
    collect() {
      this.set(underWay());
    },
  });
  return {
    answered: (method, status) =>
      answers.inc({ method: methods.has(method) ? method : "other", status: `${status}` }),
    opened({ what, end, bytes: taken = 0 }) {
      links.inc({ what, end });
      bytes.inc(taken);
    },
    text: () => register.metrics(),
    contentType: register.contentType,
  };
}
