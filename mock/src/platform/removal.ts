/**
 * What goes when something is deleted.
 */

import type { Platform } from "./platform.js";

/** Removes a project with its tokens and everything that belongs to it. */
export function removeProject(platform: Platform, projectId: string): void {
  const { projects, tokens, recordings, messages, faxes } = platform;
  for (const { entity } of [...recordings.of(projectId)]) recordings.delete(entity.id);
  for (const { entity } of [...messages.of(projectId)]) removeMessage(platform, entity.id);
  for (const { entity } of [...faxes.of(projectId)]) {
    removeFaxMedia(platform, entity.id);
    faxes.delete(entity.id);
  }
  for (const { entity } of [...tokens.of(projectId)]) tokens.delete(entity.id);
  projects.delete(projectId);
}

/** Removes a message with its attachments. */
export function removeMessage({ messages, messageMedia }: Platform, messageId: string): void {
  for (const { entity } of [...messageMedia.of(messageId)]) messageMedia.delete(entity.id);
  messages.delete(messageId);
}

/** Removes the documents of a fax; the fax itself, and its log, stay. */
export function removeFaxMedia({ faxMedia }: Platform, faxId: string): void {
  for (const { entity } of [...faxMedia.of(faxId)]) faxMedia.delete(entity.id);
}
