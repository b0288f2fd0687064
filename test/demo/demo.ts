import { styleText } from "node:util";
import { type MockServer, startMockServer } from "@media-protection/mock/server";
import { createClient } from "@media-protection/sdk";
import { findMedia, walk } from "./walk.js";

// `npm run demo`: the real SDK over real HTTP against the mock, for each kind of media.

/** A text in a style, on a terminal that has them; https://no-color.org. */
function paint(style: Parameters<typeof styleText>[0], text: string): string {
  const isForced = process.env["FORCE_COLOR"] !== undefined;
  const isWanted = isForced || (process.stdout.isTTY && process.stdout.hasColors());
  return isWanted ? styleText(style, text, { validateStream: false }) : text;
}

/** The end of a text, which tells more of a path than its beginning. */
function end(text: string, length: number): string {
  return text.length > length ? `…${text.slice(1 - length)}` : text;
}

let at = "starting the mock";
let server: MockServer | undefined;
try {
  server = await startMockServer({ port: 0 });
  const { projectId, apiToken } = server.platform.credentials;
  const options = { space: server.origins.space, mediaOrigins: [server.origins.files], projectId };
  const client = createClient({ ...options, apiToken });
  const stranger = createClient({ ...options, apiToken: "PT-of-somebody-else" });
  console.log(`The mock platform listens on ${server.origins.space}\n`);
  at = "finding media";
  const media = await findMedia(client, server.origins.space, projectId);
  for (const medium of media) {
    console.log(
      `${paint("bold", medium.label)}  ${paint("dim", end(new URL(medium.url).pathname, 60))}`,
    );
    const others = media.filter((other) => other !== medium);
    for (const [index, step] of walk(medium, others, client, stranger).entries()) {
      at = `step ${index + 1} of ${medium.label}, "${step.name}"`;
      const seen = await step.run();
      const ok = paint("green", "ok");
      console.log(`  ${ok} ${index + 1}  ${step.name.padEnd(44)} ${paint("cyan", seen)}`);
    }
    console.log();
  }
  console.log("All three kinds: public, protected, downloaded with credentials, public again.");
  console.log(`
${paint("bold", "Next")}
  npm start              the mock on fixed ports, with its dashboard
  examples/README.md     a recording that plays, on Express, Next.js and others
  packages/sdk/README.md the client: a section for each job
  mock/README.md         the mock: recipes for Vitest, Jest, Playwright`);
} catch (error) {
  console.error(
    `${paint("red", "FAILED")} at ${at}: ${error instanceof Error ? error.message : error}`,
  );
  process.exitCode = 1;
} finally {
  await server?.close();
}
