import { mediaKinds, type Schemas } from "@media-protection/contract";
import { isoTime } from "../http/dates.js";
import { restErrors, restProblems } from "../http/errors.js";
import { links } from "../http/links.js";
import { paginate } from "../http/paging.js";
import { jsonBoolean, jsonText, text } from "../http/readers.js";
import type { Router } from "../http/router.js";
import type { Placed } from "../platform/collection.js";
import type { Project } from "../platform/model.js";
import type { Platform } from "../platform/platform.js";
import { removeProject } from "../platform/removal.js";
import { restPageReaders, restPageRequest } from "./page-parameters.js";

const management = { scope: "management" } as const;
const name = jsonText(1, 250);

/** The projects API: a root project and its subprojects. */
export function projectRoutes(router: Router): void {
  router.metadata(
    "get",
    "/api/projects",
    { ...management, query: { name: text, ...restPageReaders } },
    (exchange) => {
      const { platform, query, project } = exchange;
      const page = paginate(treeOf(platform, project), restPageRequest(query), {
        first: "oldest",
        filter: (entity) => query.name === undefined || entity.name === query.name,
      });
      return exchange.json(200, {
        links: links(exchange, page, { name: query.name }),
        data: page.items.map(describeProject),
      });
    },
  );

  router.metadata(
    "post",
    "/api/projects",
    { ...management, body: projectFields(true) },
    (exchange) => {
      const { platform, project: parent, body } = exchange;
      if (parent.parentId !== null) {
        const message = "A subproject cannot have subprojects.";
        return exchange.json(
          422,
          restProblems({ code: "nested_subprojects_not_allowed", message }),
        );
      }
      const project = platform.addProject({ parentId: parent.id, name: body.name });
      change(platform, project, body);
      return exchange.json(201, { ...describeProject(project), signing_key: project.signingKey });
    },
  );

  router.metadata("get", "/api/projects/{id}", management, (exchange) => {
    const project = find(exchange.platform, exchange.project, exchange.params.id);
    if (project === undefined) return exchange.json(404, restErrors[404]);
    return exchange.json(200, describeProject(project));
  });

  router.metadata(
    "patch",
    "/api/projects/{id}",
    { ...management, body: projectFields(false) },
    (exchange) => {
      const { platform, body } = exchange;
      const project = find(platform, exchange.project, exchange.params.id);
      if (project === undefined) return exchange.json(404, restErrors[404]);
      change(platform, project, body);
      return exchange.json(200, describeProject(project));
    },
  );

  router.metadata("delete", "/api/projects/{id}", management, (exchange) => {
    const { platform } = exchange;
    const project = find(platform, exchange.project, exchange.params.id);
    if (project === undefined) return exchange.json(404, restErrors[404]);
    if (project.parentId === null) {
      const message = "Only subprojects can be deleted.";
      return exchange.json(422, restProblems({ code: "only_subprojects_can_be_deleted", message }));
    }
    if (project.hasPhoneNumbers) {
      const message = "The project's phone numbers must be removed first.";
      return exchange.json(422, restProblems({ code: "phone_numbers_must_be_removed", message }));
    }
    removeProject(platform, project.id);
    return exchange.empty(204);
  });

  router.metadata("post", "/api/projects/{id}/signing-key/rotate", management, (exchange) => {
    const { platform } = exchange;
    const project = find(platform, exchange.project, exchange.params.id);
    if (project === undefined) return exchange.json(404, restErrors[404]);
    const signing_key = platform.rotateSigningKey(project.id);
    return exchange.json(200, { ...describeProject(project), signing_key });
  });
}

/** A project as the API shows it. */
function describeProject(project: Project): Schemas["Project"] {
  return {
    id: project.id,
    name: project.name,
    parent_project_id: project.parentId,
    subproject: project.parentId !== null,
    region_preference: "us",
    protect_recordings: project.protectedSince.recording !== null,
    protect_message_media: project.protectedSince.messageMedia !== null,
    protect_fax_media: project.protectedSince.faxMedia !== null,
    force_https_requests: project.forceHttpsRequests,
    created_at: isoTime(project.createdAt),
    updated_at: isoTime(project.updatedAt),
  };
}

/** The caller's project and its subprojects, each at a place that stays when another is deleted. */
function treeOf(platform: Platform, root: Project): Placed<Project>[] {
  const first = { entity: root, createdAt: 0, sequence: 0 };
  return [first, ...platform.projects.of(root.id)];
}

/** A project of the caller's tree; one outside it is as good as none. */
function find(platform: Platform, caller: Project, id: string): Project | undefined {
  const project = platform.projects.get(id);
  const inTree = project?.id === caller.id || project?.parentId === caller.id;
  return inTree ? project : undefined;
}

type ProjectChange = Schemas["UpdateProjectRequest"];

function change(platform: Platform, project: Project, body: ProjectChange): void {
  if (Object.keys(body).length === 0) return;
  project.name = body.name ?? project.name;
  project.forceHttpsRequests = body.force_https_requests ?? project.forceHttpsRequests;
  for (const { flag, setting } of Object.values(mediaKinds)) {
    const on = body[flag];
    if (on !== undefined) platform.setProtection(project.id, { [setting]: on });
  }
  project.updatedAt = platform.now();
}

/** The fields of a project that can be set. */
function projectFields<Required extends boolean>(nameRequired: Required) {
  const flag = { read: jsonBoolean };
  return {
    name: { read: name, required: nameRequired },
    protect_recordings: flag,
    protect_message_media: flag,
    protect_fax_media: flag,
    force_https_requests: flag,
  };
}
