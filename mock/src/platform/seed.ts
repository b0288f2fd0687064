/**
 * What a platform holds at first: always the same, at always the same times.
 */

import { allScopes } from "../rules/scopes.js";
import type { Platform } from "./platform.js";

/** The seeded subproject, with a token of it that has every scope. Synthetic. */
export const seededSubproject = {
  projectId: "5eed0000-0000-4000-8000-000000000002",
  apiToken: "PTmock00000000000000000000000000000000000000000002",
} as const;

/** The secret of a token of the root project that has the scope `messaging` only. Synthetic. */
export const seededMessagingToken = "PTmock00000000000000000000000000000000000000000003";

/** When the seeded project was created; media follows an hour apart. */
const epoch = Date.UTC(2026, 0, 15, 9, 0, 0);
const hour = 3_600_000;

/** The root project and its token. */
export function seedRoot(
  platform: Platform,
  root: { readonly projectId: string; readonly apiToken: string },
): void {
  platform.addProject({
    id: root.projectId,
    parentId: null,
    name: "Example project",
    createdAt: epoch,
  });
  platform.addToken({ scopes: allScopes, name: "All scopes", token: root.apiToken });
}

/** A subproject, a token of one scope, and media of each kind in both projects. */
export function seedExample(platform: Platform): void {
  const at = (hours: number) => ({ createdAt: epoch + hours * hour });

  platform.addToken({
    scopes: ["messaging"],
    name: "Messaging only",
    token: seededMessagingToken,
  });

  platform.addRecording({ ...at(1), seconds: 3 });
  platform.addRecording({ ...at(2), seconds: 5, channels: 2, leg: "webrtc" });
  platform.addRecording({ ...at(3), seconds: 8, conferenceId: platform.uuid() });

  const mms = platform.addMessageMedia({ ...at(4), body: "Two pictures" });
  platform.addMessageMedia({ ...at(4), messageId: mms.message.id, contentType: "image/png" });
  platform.addMessageMedia({ ...at(5), status: "delivered", body: null });

  platform.addFaxMedia({ ...at(6) });
  platform.addFaxMedia({ ...at(7), pages: 3, status: "delivered" });

  const { projectId, apiToken } = seededSubproject;
  platform.addProject({ id: projectId, name: "Example subproject", ...at(24) });
  platform.addToken({ projectId, scopes: allScopes, name: "All scopes", token: apiToken });
  platform.addRecording({ projectId, ...at(25) });
  platform.addMessageMedia({ projectId, ...at(26), contentType: "image/png" });
  platform.addFaxMedia({ projectId, ...at(27), pages: 2 });
}
