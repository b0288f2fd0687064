import type { Command } from "commander";
import {
  type AccountSettings,
  collect,
  openClient,
  readCredentials,
  withAccount,
} from "../account/account-options.js";
import type { Finding } from "../doctor/finding.js";
import { exitCodes } from "../terminal/exit-codes.js";
import { failureLine } from "../terminal/failure.js";
import { readMoment } from "../terminal/read-moment.js";
import { runCommand } from "../terminal/run.js";

interface DoctorSettings extends AccountSettings {
  readonly mockSwitches?: string;
  readonly filesUrl?: readonly string[];
  readonly protectedSince?: string;
}

/** `doctor`: what is wrong with one's set-up, and what nobody knows about one's platform. */
export function addDoctor(program: Command): void {
  withAccount(program.command("doctor"))
    .description("look at the set-up, and find out what nobody knows about the platform")
    .option("--mock-switches <file>", "write what was found, for the mock's --switches")
    .option(
      "--files-url <url>",
      "a URL on the files host, such as a callback's; repeatable",
      collect,
    )
    .option("--protected-since <when>", "when what is protected was turned on, if you know")
    .addHelpText(
      "after",
      "\nIt changes nothing. Exit 1 where something is wrong (✗).\n\nExample:\n  media-protection doctor --mock-switches switches.json",
    )
    .action((chosen: DoctorSettings) =>
      runCommand(
        chosen,
        async ({ output, signal }) => {
          const [
            { lookAtEnvironment, lookAtScopes, lookAtSpace },
            { lookAtMedia },
            { positionsOf },
            { wrapped },
          ] = await Promise.all([
            import("../doctor/look-at-account.js"),
            import("../doctor/look-at-media.js"),
            import("../doctor/finding.js"),
            import("../words/wrapped.js"),
          ]);
          const all: Finding[] = [];
          const say = (findings: readonly Finding[]) => {
            for (const finding of findings) {
              all.push(finding);
              const { mark, what, advice } = finding;
              const style = mark === "✓" ? "green" : mark === "✗" ? "red" : "yellow";
              const head = `${output.paint(style, mark)} ${what}`;
              if (mark.length + what.length + advice.length + 3 <= output.width) {
                output.say(`${head}  ${output.paint("dim", advice)}`);
              } else {
                output.say(head);
                for (const line of wrapped(advice, output.width - 4)) {
                  output.say(`    ${output.paint("dim", line)}`);
                }
              }
              output.tell(finding);
            }
          };
          const protectedSince = readMoment("--protected-since", chosen.protectedSince);
          const { filesUrl: filesUrls = [] } = chosen;
          say(lookAtEnvironment(process.env));
          const client = await openClient(chosen);
          const { credentials, filesOrigins, spaceOrigin } = await readCredentials(client, chosen);
          say(await lookAtSpace(spaceOrigin, signal));
          try {
            const { stateOf } = await import("../estate/read-estate.js");
            const project = stateOf(await client.projects.get());
            say([{ mark: "✓", what: "credentials", advice: `They are ${project.name}'s.` }]);
            say(await lookAtScopes(client, signal));
            const looking = { client, credentials, project, filesOrigins, filesUrls, signal };
            say(await lookAtMedia({ ...looking, protectedSince }));
          } catch (error) {
            signal.throwIfAborted();
            say([{ mark: "✗", what: "credentials", advice: failureLine(error) }]);
          }
          if (chosen.mockSwitches !== undefined) {
            const { writeFile } = await import("node:fs/promises");
            await writeFile(chosen.mockSwitches, `${JSON.stringify(positionsOf(all), null, 2)}\n`);
            output.note(`Written: media-protection-mock --switches ${chosen.mockSwitches}`);
          }
          return all.some(({ mark }) => mark === "✗") ? exitCodes.error : exitCodes.fine;
        },
        "Nothing was changed.",
      ),
    );
}
