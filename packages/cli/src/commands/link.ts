import type { Command } from "commander";
import { withOutput } from "../account/account-options.js";
import { exitCodes } from "../terminal/exit-codes.js";
import { CommandError } from "../terminal/failure.js";
import type { OutputSettings } from "../terminal/output.js";
import { runCommand } from "../terminal/run.js";
import { parseLength } from "../words/when.js";

interface LinkSettings extends OutputSettings {
  readonly keys: string;
  readonly publicUrl?: string;
  readonly ttl?: string;
  readonly share?: boolean;
  readonly download?: boolean;
  readonly audience?: string;
  readonly revocable?: boolean;
}

/** `link URL…`: seals links for a gateway with the same keys. Needs no credentials of the platform. */
export function addLink(program: Command): void {
  const command = withOutput(program.command("link [url...]"))
    .description("seal links that a gateway with the same keys opens")
    .option("--keys <file>", "the ring, where MEDIA_GATEWAY_KEYS is not set", "media-gateway.keys")
    .option("--public-url <url>", "where the gateway is reached; else MEDIA_GATEWAY_URL")
    .option(
      "--ttl <length>",
      "how long it lives, and a minute more for clocks that differ: 15m, 2h; else\n10 minutes, or twice a recording's length",
    )
    .option("--share", "a page with a player, instead of the bytes")
    .option("--download", "to save, instead of to play")
    .option("--audience <name>", "whom it is for")
    .option("--revocable", "refused while the gateway's shared state cannot be asked")
    .addHelpText(
      "after",
      '\nExample:\n  media-protection link "$RECORDING_URL" --ttl 15m \\\n    --public-url https://media.example.com',
    )
    .action((urls: readonly string[], chosen: LinkSettings) =>
      runCommand(chosen, async ({ output }) => {
        if (urls.length === 0) throw new CommandError("Name the URLs of media.");
        const ttl = chosen.ttl === undefined ? undefined : parseLength(chosen.ttl);
        if (chosen.ttl !== undefined && (ttl === undefined || ttl < 1000)) {
          throw new CommandError(
            `--ttl must be a length from 1s on, such as 15m, not "${chosen.ttl}".`,
          );
        }
        const links = await openLinks(chosen);
        for (const url of urls) {
          const link = await links.mint(url, {
            ttl: ttl === undefined ? undefined : Math.round(ttl / 1000),
            share: chosen.share,
            disposition: chosen.download === true ? "attachment" : "inline",
            audience: chosen.audience,
            revocable: chosen.revocable,
          });
          output.say(link.url);
          output.tell({ url: link.url, id: link.id, expiresAt: link.expiresAt.toISOString() });
        }
        return exitCodes.fine;
      }),
    );
  withOutput(command.command("open <token>"))
    .description("what a token, or a whole link, says; for whoever has the keys")
    .addHelpText("after", '\nExample:\n  media-protection link open "$LINK"')
    .option("--keys <file>", "the ring, where MEDIA_GATEWAY_KEYS is not set", "media-gateway.keys")
    .action((token: string, chosen: LinkSettings) =>
      runCommand(chosen, async ({ output }) => {
        const links = await openLinks({ ...chosen, publicUrl: "https://unused.invalid" });
        const { passcode, issuedAt, expiresAt, ...link } = await links.open(token);
        const told = {
          ...link,
          hasPasscode: passcode !== undefined,
          issuedAt: new Date(issuedAt * 1000).toISOString(),
          expiresAt: new Date(expiresAt * 1000).toISOString(),
          hasEnded: expiresAt * 1000 <= Date.now(),
        };
        output.say(JSON.stringify(told, null, 2));
        output.tell(told);
        return exitCodes.fine;
      }),
    );
}

async function openLinks({ keys: file, publicUrl }: Pick<LinkSettings, "keys" | "publicUrl">) {
  const [{ readFile }, { createLinks }] = await Promise.all([
    import("node:fs/promises"),
    import("@media-protection/gateway/links"),
  ]);
  const url = publicUrl ?? process.env["MEDIA_GATEWAY_URL"];
  if (url === undefined) {
    throw new CommandError("Say where the gateway is reached: --public-url, or MEDIA_GATEWAY_URL.");
  }
  const keys =
    process.env["MEDIA_GATEWAY_KEYS"] ??
    (await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
      throw new CommandError(
        `The keys ${file} cannot be read (${error.code}): set MEDIA_GATEWAY_KEYS, or start the gateway, which makes them.`,
      );
    }));
  return createLinks({ keys: keys.trim(), publicUrl: url });
}
