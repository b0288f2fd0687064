import { clientFromEnv, sendMedia } from "@media-protection/sdk/node";
import Fastify from "fastify";

const client = clientFromEnv();

export const app = Fastify({ logger: process.env.NODE_ENV !== "test" });

app.get("/recordings/:recordingId", (request, reply) => {
  // The answer is sent past Fastify, as its bytes come.
  reply.hijack();
  const source = { kind: "recording", format: "mp3", ...request.params };
  return sendMedia(client, source, request.raw, reply.raw, {
    onError: (error) => request.log.error(error),
  });
});

if (import.meta.filename === process.argv[1]) await app.listen({ port: 3000 });
