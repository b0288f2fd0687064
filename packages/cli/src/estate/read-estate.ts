import type { Client, Project } from "@media-protection/sdk";
import type { ProjectState } from "./switches.js";

/** A project of the platform as commands know it. */
export function stateOf(project: Project): ProjectState {
  const { id, name } = project;
  return {
    id,
    name,
    switches: {
      recordings: project.protect_recordings,
      messageMedia: project.protect_message_media,
      faxMedia: project.protect_fax_media,
    },
  };
}

/** Every project of the credentials' tree, as they are listed. */
export async function* readTree(client: Client, signal: AbortSignal): AsyncGenerator<ProjectState> {
  for await (const project of client.projects.list({ pageSize: 1000, signal })) {
    yield stateOf(project);
  }
}

/**
 * The projects that a command is about: those named, or all of the tree, or the credentials' own.
 *
 * @throws NotFoundError for an id that the credentials do not open
 */
export async function readProjects(
  client: Client,
  which: { readonly project?: readonly string[] | undefined; readonly all?: boolean | undefined },
  signal: AbortSignal,
): Promise<ProjectState[]> {
  if (which.all === true) {
    const all: ProjectState[] = [];
    for await (const project of readTree(client, signal)) all.push(project);
    return all;
  }
  const named = [...new Set(which.project ?? [])];
  if (named.length === 0) return [stateOf(await client.projects.get())];
  const found: ProjectState[] = [];
  for (const id of named) found.push(stateOf(await client.projects.get(id, { signal })));
  return found;
}
