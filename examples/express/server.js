import { clientFromEnv, sendMedia } from "@media-protection/sdk/node";
import express from "express";

const client = clientFromEnv();
const onError = (error) => console.error(String(error));

/** Who may play what is yours to decide: here, whoever has your session cookie. */
const signedIn = (request, response, next) =>
  /\bsession=/.test(request.headers.cookie ?? "") ? next() : response.sendStatus(403);

export const app = express();

app.use(signedIn);

app.get("/recordings/:recordingId", (request, response) =>
  sendMedia(client, { kind: "recording", format: "mp3", ...request.params }, request, response, {
    onError,
  }),
);

app.get("/messages/:messageId/media/:mediaId", (request, response) =>
  sendMedia(client, { kind: "messageMedia", ...request.params }, request, response, { onError }),
);

app.get("/faxes/:faxId/media/:mediaId", (request, response) =>
  sendMedia(client, { kind: "faxMedia", ...request.params }, request, response, { onError }),
);

if (import.meta.filename === process.argv[1]) {
  app.listen(3000, () => console.log("http://127.0.0.1:3000/recordings/…"));
}
