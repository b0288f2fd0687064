import type { Socket } from "node:net";

/** Ends the connection of an answer before its time: closes it, or breaks it with a TCP reset. */
export function disconnect(socket: Socket | null, how: "cut" | "reset"): void {
  // Node joins what is written in one turn; only the next one is behind it all.
  setImmediate(() => {
    if (socket === null || socket.destroyed) return;
    // An empty write is done once everything before it is with the system: the client gets that.
    socket.write("", () => {
      // Node resets plain TCP alone, so over TLS a reset is a cut.
      if (how === "reset" && !("encrypted" in socket)) socket.resetAndDestroy();
      else socket.destroySoon();
    });
  });
}
