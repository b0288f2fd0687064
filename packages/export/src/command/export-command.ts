import { Command, Option } from "commander";
import type { ExitCode } from "./say.js";
import { type CommandAccount, withClient, withMoving, withPlace } from "./switches.js";
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

  const queue = (isNeeded: boolean) =>
    new Option("--queue <url>", "the queue: redis://host:6379").makeOptionMandatory(isNeeded);
  const kinds = new Option("--kinds <kinds>", "recording, messageMedia, faxMedia, or all")
    .argParser(readKinds)
    .default("all" as const, "all");
  const window = (one: Command) =>
    one
      .option("--since <date>", "only media created then or later (UTC)", readDate)
      .option("--until <date>", "only media created before", readDate)
      .addOption(kinds);
  const sub = (name: string, about: string) =>
    new Command(name).description(about).showHelpAfterError();

  const command = withMoving(
    window(
      withClient(
        withPlace(sub("export", "Get media out: list, move, note; run again, it goes on.")),
        account,
      ),
    ),
  )
    .addHelpText("after", examples)
    .option("--template <names>", "how files are named, such as {kind}/{date:yyyy}/{id}.{ext}")
    .addOption(queue(false))
    .enablePositionalOptions()
    .action(act((actions, switches) => actions.runExport(switches)));

  const worker = withMoving(
    withClient(withPlace(sub("worker", "Work for a queue, until it is told to end.")), account),
  );
  command.addCommand(
    worker.addOption(queue(true)).action(act((actions, switches) => actions.runWorker(switches))),
  );

  const status = withPlace(sub("status", "What is done, and what is open.")).addOption(
    queue(false),
  );
  command.addCommand(
    status
      .option("--rebuild", "read all manifests, and write summary.json anew")
      .option("--json", "as JSON")
      .action(act((actions, switches) => actions.runStatus(switches))),
  );

  for (const [what, about] of [
    ["pause", "No shard is begun until resume, here or by a worker of the queue."],
    ["resume", "Shards are begun again."],
    ["cancel", "End the export after the shards under way; what is in the target stays."],
  ] as const) {
    const control = withPlace(sub(what, about)).addOption(queue(false));
    command.addCommand(
      control.action(act((actions, switches) => actions.runControl(what, switches))),
    );
  }

  const verify = window(
    withClient(
      withPlace(sub("verify", "Re-read every copy, and compare it with the manifests.")),
      account,
    ),
  )
    .option("--listing", "and compare with what the platform lists now")
    .option("--concurrency <number>", "copies read at a time", readCount(1, 256), 8)
    .option("--json", "as JSON lines");
  command.addCommand(verify.action(act((actions, switches) => actions.runVerify(switches))));

  const remove = account
    .addOptions(
      sub(
        "delete",
        "Delete from the platform what is proven to be in the target: a plan first, then --yes.",
      ),
    )
    .requiredOption("--manifest <place>", "the target: a folder, or s3://bucket/prefix")
    .option("--endpoint <url>", "another S3-compatible store than Amazon's")
    .option("--region <name>", "the bucket's region")
    .option("--projects <ids>", "these projects, instead of the credentials' own", (text) =>
      text.split(","),
    )
    .option("--min-age <age>", "how old media must be, such as 30d; for the plan", readAge)
    .option(
      "--plan <file>",
      "the plan's file, written without --yes, carried out with it",
      "deletion-plan.jsonl",
    )
    .option("--yes", "carry the plan out")
    .option("--json", "as JSON");
  command.addCommand(remove.action(act((actions, switches) => actions.runDelete(switches))));
  return command;
}

const examples = `
Examples:
  export --to archive                              everything of the project; again, it goes on
  export --to s3://bucket/calls --all --since 2026-01-01
  export verify --to archive --listing             every byte re-read; compared with the platform
  export delete --manifest archive --min-age 30d   a plan, which deletes nothing without --yes`;

type Actions = Awaited<ReturnType<typeof loadActions>>;

/** What the commands do. */
async function loadActions() {
  const [actions, state] = await Promise.all([import("./actions.js"), import("./state.js")]);
  return { ...actions, ...state };
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
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = error instanceof Error && error.name === "Interrupted" ? 130 : 1;
    }
  };
}
