import { createServer } from "node:http";
import { clientFromEnv, saveMedia } from "@media-protection/sdk/node";
import { createMediaReceiver } from "@media-protection/sdk/webhooks";

const client = clientFromEnv();

const receive = createMediaReceiver({
  signingKey: process.env.SIGNALWIRE_SIGNING_KEY ?? "",
  // What the platform was given, whatever proxies make of it.
  publicUrl: process.env.PUBLIC_URL ?? "http://127.0.0.1:3000",
  // The platform is answered when the medium is on the disk.
  async onMedia(medium) {
    const options = { ifExists: "skip-if-same", waitUntilReady: 20_000 };
    const { path } = await saveMedia(client, medium, "inbox/", options);
    console.log(path);
  },
  onError: (error) => console.error(String(error)),
});

export const server = createServer(async (request, response) => {
  response.writeHead((await receive(request)).status).end();
});

if (import.meta.filename === process.argv[1]) {
  server.listen(3000, () => console.log("http://127.0.0.1:3000/"));
}
