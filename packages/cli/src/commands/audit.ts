import type { Command } from "commander";
import { type AccountSettings, openClient, withAccount } from "../account/account-options.js";
import type { AuditRow, Verdict } from "../audit/verdict.js";
import { CommandError } from "../terminal/failure.js";
import type { Output, Style } from "../terminal/output.js";
import { readMoment } from "../terminal/read-moment.js";
import { runCommand } from "../terminal/run.js";

interface AuditOptions extends AccountSettings {
  readonly project?: readonly string[];
  readonly sample: string;
  readonly rate: string;
  readonly since?: string;
  readonly until?: string;
  readonly exceptions?: string;
  readonly report?: string;
  readonly progress: string;
  readonly requireProtected?: boolean;
}

/** `audit`: does not believe the switches, but tries. */
export function addAudit(program: Command): void {
  withAccount(program.command("audit"))
    .description("try media of every kind of every project, without and with credentials")
    .option("--project <id...>", "these projects; else the whole tree")
    .option("--sample <number>", "media between the oldest and the newest that are tried", "1")
    .option("--since <moment>", "media created then or later: 2026-01-05, 30d")
    .option("--until <moment>", "media created before then")
    .option("--report <file>", "a report: .html for people, .json or .csv for programs")
    .option("--exceptions <file>", "findings that somebody answers for, until a day (YAML)")
    .option("--require-protected", "count what is public as a finding, too")
    .option("--rate <number>", "requests a second at most", "250")
    .option(
      "--progress <file>",
      "where it goes on when it was stopped",
      ".media-protection-audit.jsonl",
    )
    .addHelpText(
      "after",
      `
Exit 0: nothing EXPOSED or BROKEN (with --require-protected, nor PUBLIC).
Exit 2: a finding.

exceptions.yaml:
  - { project: 5eed0000-…, kind: recordings, owner: ops, reason: …,
      expires: 2026-12-31 }

Example:
  media-protection audit --report audit.html`,
    )
    .action((chosen: AuditOptions) =>
      runCommand(
        chosen,
        async ({ output, signal }) => {
          const [{ runAudit }, { ProgressFile }, { mute }, { exitOf }, { paced }] =
            await Promise.all([
              import("../audit/run-audit.js"),
              import("../audit/progress-file.js"),
              import("../audit/exceptions.js"),
              import("../audit/verdict.js"),
              import("../audit/pace.js"),
            ]);
          // Before hours are spent on what could not be written.
          if (chosen.report !== undefined && !/\.(html|json|csv)$/.test(chosen.report)) {
            throw new CommandError("--report must end with .html, .json or .csv.");
          }
          if (chosen.report !== undefined) await checkFolder("--report", chosen.report);
          const sample = wholeNumber("--sample", chosen.sample, 0, 1000);
          const fetch = paced(globalThis.fetch, wholeNumber("--rate", chosen.rate, 1, 10_000));
          const createdAfter = readMoment("--since", chosen.since);
          const createdBefore = readMoment("--until", chosen.until);
          const window = {
            ...(createdAfter && { createdAfter }),
            ...(createdBefore && { createdBefore }),
          };
          const exceptions = await exceptionsOf(chosen.exceptions);
          const client = await openClient(chosen, { fetch });
          const { readProjects } = await import("../estate/read-estate.js");
          const all = chosen.project === undefined;
          const projects = await readProjects(client, { project: chosen.project, all }, signal);
          const { auditKinds } = await import("../audit/verdict.js");
          const kinds = projects.length * auditKinds.length;
          const { since, until, space = process.env["SIGNALWIRE_SPACE"] } = chosen;
          const key = JSON.stringify({ space, sample, since, until, project: chosen.project });
          const progress = await ProgressFile.open(chosen.progress, key);
          const startedAt = new Date();
          // What has been turned since is tried again, and what is older than a day.
          const { isStill } = await import("../audit/progress-file.js");
          // One that was tried again stands twice in the file: the later counts.
          const kept = [
            ...new Map(
              progress.rows
                .filter((row) => isStill(row, projects, startedAt))
                .map((row) => [`${row.projectId} ${row.kind}`, row]),
            ).values(),
          ];
          if (kept.length > 0) {
            output.note(
              `Going on: ${kept.length} of ${kinds} kinds were tried before, since ${kept[0]?.tries[0]?.time ?? "then"}.`,
            );
          }
          const done = new Set(kept.map(({ projectId, kind }) => `${projectId} ${kind}`));
          const rows: AuditRow[] = [];
          const live = await output.progress();
          const take = (row: AuditRow) => {
            const counted = mute(row, exceptions, startedAt);
            rows.push(counted);
            output.tell(counted);
            live?.show([`${rows.length} of ${kinds} kinds of media tried`], Date.now());
          };
          for (const row of kept) take(row);
          await runAudit(
            client,
            projects,
            { sample, window, fetch, signal },
            (projectId, kind) => done.has(`${projectId} ${kind}`),
            async (row) => {
              await progress.add(row);
              take(row);
            },
          ).finally(() => live?.clear());
          await writeReport(chosen.report, rows, startedAt, String(space));
          await progress.end();
          await summarise(output, rows);
          if (chosen.report !== undefined) output.note(`Written: ${chosen.report}`);
          return exitOf(rows, chosen.requireProtected === true);
        },
        "Run audit again to go on where it was stopped.",
      ),
    );
}

/** @throws CommandError where a file can not be written, since its folder is not there */
async function checkFolder(option: string, file: string): Promise<void> {
  const [{ access }, { dirname }] = await Promise.all([
    import("node:fs/promises"),
    import("node:path"),
  ]);
  await access(dirname(file)).catch(() => {
    throw new CommandError(`${option}: the folder ${dirname(file)} is not there.`);
  });
}

const styles = {
  ...{ PROTECTED: "green", EXPOSED: "red", BROKEN: "red" },
  ...{ PUBLIC: "yellow", UNKNOWN: "dim", MUTED: "dim" },
} as const satisfies Readonly<Record<Verdict, Style>>;

async function summarise(output: Output, rows: readonly AuditRow[]): Promise<void> {
  const { summaryLines } = await import("../audit/summary-lines.js");
  for (const { verdict, name, about } of summaryLines(rows)) {
    const said = output.paint(styles[verdict], verdict.padEnd(9));
    output.say(`${said} ${name}: ${output.paint("dim", about)}`);
  }
  const { countVerdicts } = await import("../audit/verdict.js");
  const counts = Object.entries(countVerdicts(rows)).filter(([, count]) => count > 0);
  output.say(`\n${counts.map(([verdict, count]) => `${count} ${verdict}`).join(", ")}.`);
}

async function writeReport(
  file: string | undefined,
  rows: readonly AuditRow[],
  startedAt: Date,
  space: string,
): Promise<void> {
  if (file === undefined) return;
  const { htmlReport } = await import("../audit/report.js");
  const { csvReport } = await import("../audit/report-data.js");
  const head = {
    space,
    startedAt: startedAt.toISOString(),
    endedAt: new Date().toISOString(),
    version: "0.1.0",
  };
  const { writeFile } = await import("node:fs/promises");
  const extension = /\.(html|json|csv)$/.exec(file)?.[1];
  if (extension === "html") return writeFile(file, htmlReport(head, rows));
  if (extension === "csv") return writeFile(file, csvReport(rows));
  if (extension === "json")
    return writeFile(file, `${JSON.stringify({ ...head, rows }, null, 2)}\n`);
  throw new CommandError("--report must end with .html, .json or .csv.");
}

async function exceptionsOf(file: string | undefined) {
  if (file === undefined) return [];
  const [{ readFile }, { parse }, { readExceptions }] = await Promise.all([
    import("node:fs/promises"),
    import("yaml"),
    import("../audit/exceptions.js"),
  ]);
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new CommandError(`--exceptions: ${file} cannot be read (${error.code}).`);
  });
  return readExceptions(parse(text));
}

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new CommandError(
    `${option} must be a whole number from ${least} to ${most}, not "${text}".`,
  );
}
