import { Argument, type Command } from "commander";
import { runCommand } from "../terminal/run.js";

/** `completion bash|zsh|fish`: a script that completes commands and options. */
export function addCompletion(program: Command): void {
  const shell = new Argument("<shell>", "the shell").choices(["bash", "zsh", "fish"]);
  program
    .command("completion")
    .addArgument(shell)
    .description("print a script that completes commands and options")
    .addHelpText("after", '\nExample:\n  eval "$(media-protection completion bash)"')
    .action((name: "bash" | "zsh" | "fish") =>
      runCommand({}, async ({ output }) => {
        output.say(scripts[name](wordsOf(program)));
        return 0;
      }),
    );
}

/** The words that may follow each command, by its name. */
type Words = ReadonlyMap<string, readonly string[]>;

function wordsOf(program: Command): Words {
  return new Map(
    program.commands.map((command) => [
      command.name(),
      [
        ...command.registeredArguments.flatMap(({ argChoices = [] }) => argChoices),
        ...command.options.flatMap(({ long }) => (long ? [long] : [])),
      ],
    ]),
  );
}

const scripts = {
  bash: (words: Words) => `_media_protection() {
  local word="\${COMP_WORDS[COMP_CWORD]}" known=
  if [ "$COMP_CWORD" = 1 ]; then known='${[...words.keys()].join(" ")}'; else
    case "\${COMP_WORDS[1]}" in
${[...words].map(([name, all]) => `      ${name}) known='${all.join(" ")}' ;;`).join("\n")}
    esac
  fi
  COMPREPLY=($(compgen -W "$known" -- "$word"))
}
complete -o default -F _media_protection media-protection`,
  zsh: (words: Words) => `#compdef media-protection
_media_protection() {
  if (( CURRENT == 2 )); then compadd ${[...words.keys()].join(" ")}; return; fi
  case "$words[2]" in
${[...words].map(([name, all]) => `    ${name}) compadd -- ${all.join(" ")}; _files ;;`).join("\n")}
  esac
}
compdef _media_protection media-protection`,
  fish: (words: Words) =>
    [
      `complete -c media-protection -n __fish_use_subcommand -xa '${[...words.keys()].join(" ")}'`,
      ...[...words].map(
        ([name, all]) =>
          `complete -c media-protection -n '__fish_seen_subcommand_from ${name}' -a '${all.join(" ")}'`,
      ),
    ].join("\n"),
} as const;
