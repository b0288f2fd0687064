/**
 * Everything that a platform keeps about its projects: a collection for each kind of entity.
 */

import { ChangeCount } from "./change-count.js";
import { Collection } from "./collection.js";
import type {
  ApiToken,
  Fax,
  FaxMedia,
  Message,
  MessageMedia,
  Project,
  Recording,
} from "./model.js";
import { OptionError } from "./options.js";

/** The collections of a platform. */
export class Entities {
  /** How often anything that the platform holds has changed, its switches and faults included. */
  readonly changes = new ChangeCount();
  readonly #changed = () => this.changes.add();
  readonly projects = new Collection<Project>((project) => project.parentId ?? "", this.#changed);
  readonly tokens = new Collection<ApiToken>((token) => token.projectId, this.#changed);
  readonly recordings = new Collection<Recording>(
    (recording) => recording.projectId,
    this.#changed,
  );
  readonly messages = new Collection<Message>((message) => message.projectId, this.#changed);
  readonly messageMedia = new Collection<MessageMedia>((media) => media.messageId, this.#changed);
  readonly faxes = new Collection<Fax>((fax) => fax.projectId, this.#changed);
  readonly faxMedia = new Collection<FaxMedia>((media) => media.faxId, this.#changed);

  /**
   * A project by its id, in any case.
   *
   * @throws OptionError when there is none.
   */
  project(projectId: string): Project {
    const project = this.projects.get(String(projectId).toLowerCase());
    if (project === undefined) throw new OptionError("projectId", "the id of a project");
    return project;
  }

  /**
   * Forgets them all.
   *
   * @returns what puts them back, in the place of what came since.
   */
  protected keepEntities(): () => void {
    const { projects, tokens, recordings, messages, messageMedia, faxes, faxMedia } = this;
    const all = [projects, tokens, recordings, messages, messageMedia, faxes, faxMedia];
    const putBack = all.map((collection) => collection.keep());
    return () => {
      for (const back of putBack) back();
    };
  }
}
