/**
 * Any number of media, to see lists with many pages and screens that are full.
 */

import type { Platform } from "./platform.js";

/** When the first of them was made; the others follow ten minutes apart. */
const epoch = Date.UTC(2026, 1, 1, 8, 0, 0);
const interval = 600_000;

/** Adds media to the root project: in turn a recording, an attachment and a fax, always the same. */
export function seedMedia(platform: Platform, count: number): void {
  for (let index = 0; index < count; index++) {
    const createdAt = epoch + index * interval;
    const round = Math.floor(index / 3);
    switch (index % 3) {
      case 0:
        platform.addRecording({
          createdAt,
          seconds: 5 + ((round * 37) % 300),
          channels: round % 4 === 3 ? 2 : 1,
        });
        break;
      case 1:
        platform.addMessageMedia({
          createdAt,
          contentType: round % 2 === 0 ? "image/jpeg" : "image/png",
          status: round % 3 === 2 ? "delivered" : "received",
          body: `Picture ${round + 1}`,
        });
        break;
      default:
        platform.addFaxMedia({
          createdAt,
          pages: 1 + (round % 5),
          status: round % 3 === 2 ? "delivered" : "received",
        });
    }
  }
}
