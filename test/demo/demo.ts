import { type MockServer, startMockServer } from "@media-protection/mock/server";
import { createClient } from "@media-protection/sdk";
import { findMedia, walk } from "./walk.js";

// `npm run demo`: the real SDK over real HTTP against the mock, for each kind of media.

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
    console.log(`${medium.label}: ${new URL(medium.url).pathname}`);
    const others = media.filter((other) => other !== medium);
    for (const [index, step] of walk(medium, others, client, stranger).entries()) {
      at = `step ${index + 1} of ${medium.label}, "${step.name}"`;
      const seen = await step.run();
      console.log(`  ok ${index + 1}  ${step.name.padEnd(46)} ${seen}`);
    }
    console.log();
  }
  console.log("All three kinds: public, protected, downloaded with credentials, public again.");
} catch (error) {
  console.error(`FAILED at ${at}: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
} finally {
  await server?.close();
}
