import { allScopes, type PlatformOptions } from "@media-protection/mock";
import {
  type ContractOperation,
  operations,
  parametersIn,
} from "../../helpers/contract/contract-operations.js";
import { basic, type Scene, setScene } from "../scene.js";

// A platform with one of everything in two trees, and requests made from the contract's own paths, so
// that an operation is asked under the name that the contract gives it.

/** An id that nothing has. */
export const unknownId = "00000000-0000-4000-8000-00000000dead";

/** What differs from the usual request, which is that of the root project for what there is. */
export interface Asking {
  /** Default: the root project's credentials. */
  readonly as?: Readonly<Record<string, string>>;
  /** Path parameters, by the name of their component in the contract. Default: those of `known`. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text is sent as it is, anything else as JSON. Default: none. */
  readonly body?: unknown;
}

/** Values of path parameters, by the name of their component in the contract. */
export type Known = Readonly<Record<string, string>>;

/** A platform and requests for each operation of the contract. */
export interface Surface extends Scene {
  /** What is there, of the root project; `ProjectId` is its subproject. */
  readonly known: Known;
  /** The same of another tree. */
  readonly theirs: Known;
  /** The URL of an operation. */
  readonly url: (operation: ContractOperation, asking?: Asking) => string;
  /** Asks an operation; an answer outside the contract throws. */
  readonly request: (operation: ContractOperation, asking?: Asking) => Promise<Response>;
}

/** One of everything in a project. */
export function grow({ platform }: Scene, projectId: string): Known {
  const token = platform.addToken({ projectId, scopes: allScopes });
  const [callId, conferenceId] = [platform.uuid(), platform.uuid()];
  const { recording } = platform.addRecording({ projectId, callId, conferenceId });
  const { message, media: attachment } = platform.addMessageMedia({ projectId });
  const { fax, media: document, urls } = platform.addFaxMedia({ projectId });
  return {
    ProjectId: projectId,
    TokenId: token.id,
    RelayRecordingId: recording.id,
    FaxLogId: fax.id,
    AccountSid: projectId,
    RecordingSid: recording.id,
    ParentCallSid: callId,
    ParentConferenceSid: conferenceId,
    VoiceLogId: callId,
    RestMessageId: message.id,
    MessageSid: message.id,
    ParentMessageSid: message.id,
    "MediaSid of Messages": attachment.id,
    FaxSid: fax.id,
    ParentFaxSid: fax.id,
    "MediaSid of Faxes": document.id,
    SpaceId: platform.spaceId,
    FilesProjectId: projectId,
    RecordingFile: `${recording.id}.wav`,
    MessageFile: `${attachment.id}.jpg`,
    MessageMediaFile: `${attachment.id}.JPG`,
    FaxFile: urls.files.slice(urls.files.lastIndexOf("/") + 1),
  };
}

/** The name of a path parameter in `Known`: one component stands for the media of both. */
export function keyOf(component: string, path: string): string {
  if (component !== "MediaSid") return component;
  return `MediaSid of ${path.includes("/Messages/") ? "Messages" : "Faxes"}`;
}

/** The names of an operation's path parameters in `Known`. */
export function keysOf(operation: ContractOperation): string[] {
  return parametersIn(operation, "path").map(({ component }) => keyOf(component, operation.path));
}

/** The operation of an id. */
export function operationOf(id: string): ContractOperation {
  const found = operations.find((operation) => operation.id === id);
  if (found === undefined) throw new Error(`the contract has no operation ${id}`);
  return found;
}

/** A body that an operation understands, and that changes as little as there is. */
export function bodyOf({ id, method }: ContractOperation): object | undefined {
  if (id === "updateMessage") return { body: "" };
  return method === "post" || method === "patch" ? {} : undefined;
}

/** Credentials of a project, with every scope but some. */
export function credentialsOf({ platform }: Scene, projectId: string, without: string[] = []) {
  const scopes = allScopes.filter((scope) => !without.includes(scope));
  return basic(projectId, platform.addToken({ projectId, scopes }).token);
}

/** Sets the stage. */
export function setSurface(options: PlatformOptions = {}): Surface {
  const scene = setScene(options);
  const { platform, root, projectId } = scene;
  const tree = (rootId: string): Known => {
    const ProjectId = platform.addProject({ parentId: rootId }).id;
    return { ...grow(scene, rootId), ProjectId };
  };
  const known = tree(projectId);
  const theirs = tree(platform.addProject({ parentId: null }).id);

  const url = (operation: ContractOperation, { params = {}, query = "" }: Asking = {}) => {
    const { path } = operation;
    const filled = parametersIn(operation, "path").reduce((at, { name, component }) => {
      const key = keyOf(component, path);
      const value = params[key] ?? known[key];
      if (value === undefined) throw new Error(`no value for the path parameter ${key}`);
      return at.replace(`{${name}}`, () => encodeURIComponent(value));
    }, path);
    const origin = path.startsWith("/api/") ? platform.origins.space : platform.origins.files;
    return `${origin}${filled}${query === "" ? "" : `?${query}`}`;
  };

  return {
    ...scene,
    known,
    theirs,
    url,
    request: (operation, asking = {}) => {
      const { as = root, headers = {}, body } = asking;
      return scene.ask(url(operation, asking), {
        method: operation.method.toUpperCase(),
        headers: { ...as, ...headers },
        redirect: "manual",
        ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
    },
  };
}
