import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { Client, MediaSource } from "@media-protection/sdk";
import { type PlayerOptions, sendMedia } from "@media-protection/sdk/node";
import { serveMedia } from "@media-protection/sdk/players";
import express from "express";
import fastify from "fastify";

/** A server with one route at every path, which sends one medium to whoever asks. */
export interface PlayerRoute {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts one for the medium, by the server that a user would have. */
export type StartRoute = (
  client: Client,
  source: MediaSource,
  options?: PlayerOptions,
) => Promise<PlayerRoute>;

async function listening(server: ReturnType<typeof createServer>): Promise<PlayerRoute> {
  await once(server.listen(0, "127.0.0.1"), "listening");
  // The server listens on TCP, so its address is not a pipe's name.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    async close() {
      server.closeAllConnections();
      await new Promise<unknown>((closed) => server.close(closed));
    },
  };
}

/** Each kind of server. */
export const routes: Readonly<Record<string, StartRoute>> = {
  "node:http": (client, source, options) =>
    listening(
      createServer(
        (request, response) => void sendMedia(client, source, request, response, options),
      ),
    ),
  Express: (client, source, options) => {
    const app = express();
    app.use((request, response) => sendMedia(client, source, request, response, options));
    return listening(createServer(app));
  },
  Fastify: async (client, source, options) => {
    const app = fastify();
    app.route({
      method: ["GET", "POST"],
      url: "/*",
      handler: (request, reply) => {
        reply.hijack();
        return sendMedia(client, source, request.raw, reply.raw, options);
      },
    });
    await app.listen({ port: 0, host: "127.0.0.1" });
    const { port } = app.server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}/`, close: () => app.close() };
  },
  "a Web handler": (client, source, options) =>
    listening(
      createServer(
        getRequestListener((request) => serveMedia(client, source, request, options), {
          overrideGlobalObjects: false,
        }),
      ),
    ),
};
