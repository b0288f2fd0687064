import { Argument, type Command } from "commander";
import { type AccountSettings, openClient, withAccount } from "../account/account-options.js";
import { type Listed, listed, switchNames } from "../media/kinds.js";
import { exitCodes } from "../terminal/exit-codes.js";
import { readMoment } from "../terminal/read-moment.js";
import type { Run } from "../terminal/run.js";
import { runCommand } from "../terminal/run.js";

interface LsSettings extends AccountSettings {
  readonly project?: string;
  readonly since?: string;
  readonly until?: string;
  readonly on?: string;
}

/** `ls recordings|messages|faxes|projects`. */
export function addLs(program: Command): void {
  const whatArgument = new Argument("<what>", "what is listed").choices([
    ...listed,
    ...Object.keys(switchNames),
    "projects",
  ]);
  withAccount(program.command("ls").addArgument(whatArgument))
    .description("list media, or the projects of the tree")
    .option("--project <id>", "of this project; else of the credentials' own")
    .option("--since <moment>", "created then or later: 2026-01-05, yesterday, 7d")
    .option("--until <moment>", "created before then")
    .option("--on <day>", "created on that day")
    .addHelpText("after", "\nExample:\n  media-protection ls recordings --since 7d --json")
    .action((what: string, chosen: LsSettings) =>
      runCommand(chosen, async (run) => {
        // The argument's choices are these and no others.
        const kind = switchNames[what] ?? (what as Listed | "projects");
        const { since, until, on } = chosen;
        const window = {
          createdAfter: readMoment("--since", since),
          createdBefore: readMoment("--until", until),
          createdOn: readMoment("--on", on),
        };
        const client = await openClient(chosen);
        if (kind === "projects") {
          const { readTree } = await import("../estate/read-estate.js");
          const rows: string[][] = [];
          for await (const { id, name, switches } of readTree(client, run.signal)) {
            run.output.tell({ id, name, ...switches });
            rows.push([name, id]);
          }
          await show(run, ["NAME", "ID"], rows);
          return exitCodes.fine;
        }
        const { listMedia } = await import("../media/list-media.js");
        const { project: projectId } = chosen;
        const options = { ...window, ...(projectId && { projectId }), signal: run.signal };
        const rows: string[][] = [];
        for await (const listed of listMedia(client, kind, options)) {
          const { createdAt, about, hosted: _, ...medium } = listed;
          run.output.tell({ ...medium, createdAt: createdAt.toISOString() });
          rows.push([about, createdAt.toISOString().slice(0, 16).replace("T", " "), medium.id]);
        }
        await show(run, ["WHAT", "CREATED (UTC)", "ID"], rows);
        return exitCodes.fine;
      }),
    );
}

async function show(
  { output }: Run,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): Promise<void> {
  if (output.json) return;
  if (rows.length === 0) {
    output.note("None.");
    return;
  }
  const { columns } = await import("../terminal/table.js");
  output.say(columns(head, rows, output.width));
}
