import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { Hono } from "hono";

// The least that the mock's libraries can do: one route with a constant answer, no credentials, no
// journal, no state. In a process of its own; tells its parent where it listens, and stops when the
// parent lets go of it. argv: the JSON to answer.

const [json = "{}"] = process.argv.slice(2);
const app = new Hono();
app.get("/api/projects/:id", (context) =>
  context.body(json, 200, { "content-type": "application/json; charset=utf-8" }),
);
const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, () => {
  // The server listens on TCP, so its address is not a pipe's name.
  const { port } = server.address() as AddressInfo;
  process.send?.(`http://127.0.0.1:${port}`);
});
process.on("disconnect", () => process.exit());
