/**
 * The names that attachments are sent with, by which the files host has them.
 */

import type { Entities } from "./entities.js";
import type { MessageMedia } from "./model.js";
import { OptionError } from "./options.js";
import { sentName } from "./urls.js";

// What cannot be one segment of a URL: a slash, what a URL parser takes for a folder, half a character.
const noSegment = /^\.{0,2}$|[/\\\p{Cc}\p{Cs}]/u;

/**
 * Checks the name of an attachment to be added. On the files host it is all that tells the attachments
 * of a project apart, so there can be one of each name.
 *
 * @throws OptionError for a name that cannot end a URL, or that another attachment of the project has.
 */
export function checkSentName(
  entities: Pick<Entities, "messageMedia">,
  projectId: string,
  name: string | undefined,
): void {
  if (name === undefined) return;
  if (typeof name !== "string" || noSegment.test(name)) {
    throw new OptionError("fileName", "a file name, without slashes");
  }
  if (findSent(entities, projectId, name) !== undefined) {
    throw new OptionError("fileName", "a name that no other attachment of the project has");
  }
}

const idLength = 36;

/** Finds an attachment of a project by the name that it was sent with. */
export function findSent(
  entities: Pick<Entities, "messageMedia">,
  projectId: string,
  name: string,
): MessageMedia | undefined {
  const isIt = (media: MessageMedia | undefined) =>
    media?.projectId === projectId && sentName(media) === name;
  // A name made of an id leads to it at once; the others are looked for.
  const byId = entities.messageMedia.get(name.slice(0, idLength));
  if (isIt(byId)) return byId;
  for (const { entity } of entities.messageMedia.all()) if (isIt(entity)) return entity;
  return undefined;
}
