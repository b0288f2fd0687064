import { Command, Option } from "commander";
import type { ExitCode } from "./say.js";
import {
  type CommandAccount,
  withClient,
  withMoving,
  withPlace,
  withProjects,
  withRate,
} from "./switches.js";
import { readAge, readCount, readDate, readKinds } from "./values.js";

/**
 * The command `export` with its subcommands, to be added to a program: `program.addCommand(exportCommand())`,
 * where the program has `enablePositionalOptions()`.
 * Exit status: 0, all is there; 2, it ended, and something is missing or wrong; 1, an error.
 */
export function exportCommand(account: CommandAccount = fromEnvironment): Command {
  // What a command needs is loaded when it runs.
  const act = (run: (actions: Actions, switches: never) => Promise<ExitCode>) =>
    acted(account, run);

  // In the environment nobody sees the password of it in the list of processes.
  const queue = (isNeeded: boolean) =>
    new Option("--queue <url>", "the queue: redis://host:6379")
      .env("MEDIA_EXPORT_QUEUE")
      .makeOptionMandatory(isNeeded);
  const kinds = new Option("--kinds <kinds>", "recording, messageMedia, faxMedia, or all")
    .argParser(readKinds)
    .default("all" as const, "all");
  const window = (one: Command) =>
    one
      .option("--since <date>", "only media created then or later (UTC)", readDate)
      .option("--until <date>", "only media created before", readDate)
      .addOption(kinds);
  const sub = (name: string, about: string, example: string) =>
    new Command(name)
      .description(about)
      .addHelpText("after", `\nExample:\n  media-protection ${example}`);

  const command = withMoving(
    window(
      withClient(
        withPlace(
          sub(
            "export",
            "get media out: into a folder or a bucket, with manifests; run it again to go on",
            `export --to archive --all --since 2026-01-01${exits}`,
          ),
        ),
        account,
      ),
    ),
  )
    .option("--template <names>", "how files are named, such as {kind}/{date:yyyy}/{id}.{ext}")
    .addOption(queue(false))
    .enablePositionalOptions()
    .action(act((actions, switches) => actions.runExport(switches)));

  const worker = withMoving(
    withClient(
      withPlace(
        sub(
          "worker",
          "work for a queue, on any machine, until it is told to end",
          "export worker --to s3://bucket/calls \\\n    --queue redis://redis:6379",
        ),
      ),
      account,
    ),
  );
  command.addCommand(
    worker.addOption(queue(true)).action(act((actions, switches) => actions.runWorker(switches))),
  );

  const status = withPlace(
    sub("status", "what is done, and what is open", "export status --to archive"),
  ).addOption(queue(false));
  command.addCommand(
    status
      .option("--rebuild", "read all manifests, and write summary.json anew")
      .option("--json", "as JSON")
      .action(act((actions, switches) => actions.runStatus(switches))),
  );

  for (const [what, about] of [
    ["pause", "no shard is begun until resume, here or by a worker of the queue"],
    ["resume", "shards are begun again"],
    ["cancel", "end the export after the shards under way; what is in the target stays"],
  ] as const) {
    const control = withPlace(sub(what, about, `export ${what} --to archive`)).addOption(
      queue(false),
    );
    command.addCommand(
      control.action(act((actions, switches) => actions.runControl(what, switches))),
    );
  }

  const verify = window(
    withClient(
      withPlace(
        sub(
          "verify",
          "re-read every copy, and compare it with the manifests",
          "export verify --to archive --listing",
        ),
      ),
      account,
    ),
  )
    .option(
      "--listing",
      "and compare with what the platform lists now; of --kinds, --projects\nand between --since and --until, if they are given",
    )
    .option("--concurrency <number>", "copies read at a time", readCount(1, 256), 8)
    .option("--json", "as JSON lines");
  command.addCommand(verify.action(act((actions, switches) => actions.runVerify(switches))));

  const repair = withRate(
    account.addOptions(
      withPlace(
        sub(
          "repair",
          "get anew from the platform what verify finds absent or damaged",
          "export repair --to archive",
        ),
      ),
    ),
  )
    .option("--concurrency <number>", "copies read, and got, at a time", readCount(1, 256), 8)
    .option("--json", "as JSON lines");
  command.addCommand(repair.action(act((actions, switches) => actions.runRepair(switches))));

  const remove = sub(
    "delete",
    "delete from the platform what is proven to be in the target: a plan first, then --yes",
    "export delete --manifest archive \\\n    --min-age 30d --plan old.jsonl",
  ).option("--manifest <place>", "the same as --to: where copies and manifests are");
  withRate(withProjects(account.addOptions(withPlace(remove))))
    .option("--min-age <age>", "how old media must be, such as 30d; for the plan", readAge)
    .option("--limit <number>", "media of a plan, at most (100000)", readCount(1, 1_000_000))
    .addOption(
      new Option("--plan [file]", "the plan's file, written without --yes, carried out with it")
        .preset(usualPlan)
        .default(usualPlan),
    )
    .option("--yes", "carry the plan out")
    .option("--json", "as JSON");
  command.addCommand(remove.action(act((actions, switches) => actions.runDelete(switches))));
  return command;
}

const exits = `

A shard is about 200 media: what is done, tried again and counted at a time.

Exit codes: 0 all is there, 2 it ended and something is missing or wrong,
1 an error, 130 Ctrl-C.`;

const usualPlan = "deletion-plan.jsonl";

type Actions = Awaited<ReturnType<typeof loadActions>>;

/** What the commands do. */
async function loadActions() {
  const [actions, deletion, proof, state] = await Promise.all([
    import("./actions.js"),
    import("./delete-action.js"),
    import("./proof-actions.js"),
    import("./state.js"),
  ]);
  return { ...actions, ...deletion, ...proof, ...state };
}

/** Credentials of the environment, as `clientFromEnv` reads them. */
const fromEnvironment: CommandAccount = {
  addOptions: (command) => command,
  open: async (_, options) => {
    const { clientFromEnv } = await import("@media-protection/sdk/node");
    return clientFromEnv(options);
  },
};

/** An action whose answer is the process's exit status, and whose errors are one line. */
function acted(
  account: CommandAccount,
  run: (actions: Actions, switches: never) => Promise<ExitCode>,
) {
  return async (_: unknown, command: Command): Promise<void> => {
    try {
      // Safe: the switches that the command declares, which the action beside it reads.
      const switches = { ...command.opts<object>(), account } as never;
      process.exitCode = await run(await loadActions(), switches);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      process.stderr.write(`media-protection: ${message}\n`);
      process.exitCode = error instanceof Error && error.name === "Interrupted" ? 130 : 1;
    }
  };
}
