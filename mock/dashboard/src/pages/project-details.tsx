import type { Project } from "@media-protection/sdk";
import { Moment } from "../parts/time.js";

/** The tab *Project Details*. */
export function ProjectDetails({ project }: { readonly project: Project }) {
  return (
    <div class="card">
      <dl class="facts">
        <dt>Name</dt>
        <dd>{project.name}</dd>
        <dt>Created</dt>
        <dd>
          <Moment at={new Date(project.created_at)} />
        </dd>
      </dl>
    </div>
  );
}
