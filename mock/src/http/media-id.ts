const atEnd = /([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?:\.\w+)?$/i;

/**
 * The id in the last segment of a path to bytes, in lower case: `/…/Recordings/<id>`, `/…/<id>.wav`,
 * `/…/faxes/<date>-<id>.pdf`.
 */
export function mediaIdOf(path: string): string | undefined {
  return atEnd.exec(path)?.[1]?.toLowerCase();
}
