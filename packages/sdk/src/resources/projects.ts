import type { Schemas } from "@media-protection/contract";
import { isRecord, OptionError } from "../errors.js";
import { checkObject, type RequestOptions } from "../options/call-options.js";
import { checkProjectId } from "../options/option-values.js";
import { type Api, type CallInit, dataOf } from "./api.js";
import type { Exactly } from "./exactly.js";
import { checkPageSize, checkText, given } from "./list-options.js";
import { type Listing, type PageCursor, paginate, restLinks } from "./pagination.js";
import { readId, readList } from "./platform-values.js";

/** A project as the platform sends it. */
export type Project = Schemas["Project"];
/** A project with its signing key, which only creating and rotating show. */
export type ProjectWithSigningKey = Schemas["ProjectWithSigningKey"];

/** Options of {@link ProjectsResource.list}. */
export interface ListProjectsOptions extends RequestOptions {
  /** Only projects of this name. */
  readonly name?: string;
  /**
   * Projects in a page, 1–1000.
   * @default 50, the platform's
   */
  readonly pageSize?: number | undefined;
}

/** The project tree of the client's credentials. Needs the token scope `management`. */
export interface ProjectsResource {
  /** Every project of the tree. */
  list(options?: ListProjectsOptions): Listing<Project, Schemas["ProjectList"]>;
  /**
   * One project; without any argument, the client's own.
   *
   * @throws OptionError for an id that is `undefined`, which is not the same as none
   */
  get(...which: [] | [projectId: string, options?: RequestOptions]): Promise<Project>;
  /** Creates a subproject of the client's project; the answer shows its signing key, once. */
  create<Given extends Schemas["CreateProjectRequest"]>(
    project: Given & Exactly<Schemas["CreateProjectRequest"], Given>,
    options?: RequestOptions,
  ): Promise<ProjectWithSigningKey>;
  /**
   * Changes the fields named and leaves the others alone.
   *
   * @throws OptionError if none is named, or one is `undefined`
   */
  update<Given extends Schemas["UpdateProjectRequest"]>(
    projectId: string,
    changes: Given & Exactly<Schemas["UpdateProjectRequest"], Given>,
    options?: RequestOptions,
  ): Promise<Project>;
  /** Deletes a subproject. */
  delete(projectId: string, options?: RequestOptions): Promise<void>;
  /**
   * Makes a new signing key for the project named and shows it, once; the old one works for a minute
   * or two more.
   */
  rotateSigningKey(projectId: string, options?: RequestOptions): Promise<ProjectWithSigningKey>;
}

/** Builds {@link ProjectsResource} over the contract's client. */
export function createProjects(api: Api, init: CallInit, ownId: string): ProjectsResource {
  const one = (id: string) => ({ path: { id: checkProjectId(id) } });
  return {
    list: (options = {}) =>
      paginate(() => {
        const { name, pageSize, ...rest } = checkObject(options);
        const call = init(rest);
        const filters = given({
          name: checkText("name", name),
          page_size: checkPageSize(pageSize),
        });
        return {
          ...restLinks,
          signal: call.signal,
          fetchPage: ({ number, token }: PageCursor = {}) =>
            dataOf(
              api.GET("/api/projects", {
                ...call,
                params: {
                  query: { ...filters, ...given({ page_number: number, page_token: token }) },
                },
              }),
            ),
          listOf: (page) => readList(page.data),
          describe: (project) => ({ ...project, id: readId("id", project.id) }),
        };
      }),
    get: async (...which) => {
      const [projectId, options = {}] = which.length === 0 ? [ownId] : which;
      return dataOf(api.GET("/api/projects/{id}", { ...init(options), params: one(projectId) }));
    },
    create: async (project: Schemas["CreateProjectRequest"], options: RequestOptions = {}) =>
      dataOf(
        api.POST("/api/projects", { ...init(options), body: checkFields("project", project) }),
      ),
    update: async (
      projectId: string,
      changes: Schemas["UpdateProjectRequest"],
      options: RequestOptions = {},
    ) =>
      dataOf(
        api.PATCH("/api/projects/{id}", {
          ...init(options),
          params: one(projectId),
          body: checkFields("changes", changes),
        }),
      ),
    delete: async (projectId, options = {}) => {
      await api.DELETE("/api/projects/{id}", { ...init(options), params: one(projectId) });
    },
    rotateSigningKey: async (projectId, options = {}) =>
      dataOf(
        api.POST("/api/projects/{id}/signing-key/rotate", {
          ...init(options),
          params: one(projectId),
        }),
      ),
  };
}

/**
 * What is sent to create or change a project. A field that is `undefined` would be left out without a
 * word: a switch that nobody turned.
 *
 * @throws OptionError unless at least one field is named, and each has a value
 */
function checkFields<Fields extends object>(option: string, fields: Fields): Fields {
  if (!isRecord(fields) || Object.keys(fields).length === 0) {
    throw new OptionError(option, "an object with one field or more");
  }
  const unset = Object.keys(fields).find((name) => fields[name] === undefined);
  if (unset === undefined) return fields;
  throw new OptionError(unset, "a value, or left out altogether");
}
