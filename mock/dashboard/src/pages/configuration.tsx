import { Show } from "../parts/notice.js";
import { PageHeading } from "../parts/page-heading.js";
import { Tabs } from "../parts/tabs.js";
import { type ConfigurationTab, hrefOf } from "../state/route.js";
import type { Session } from "../state/session.js";
import { useLoaded } from "../state/use-loaded.js";
import { ProjectDetails } from "./project-details.js";
import { ProjectSettings } from "./project-settings.js";

const tabs = [
  { name: "details", text: "Project Details" },
  { name: "settings", text: "Settings" },
] as const;

/** A project's configuration, in two tabs. */
export function ConfigurationPage({
  session,
  projectId,
  tab,
}: {
  readonly session: Session;
  readonly projectId: string;
  readonly tab: ConfigurationTab;
}) {
  const [project] = useLoaded(
    (signal) => session.client.projects.get(projectId, { signal }),
    [session, projectId],
  );
  const name = project.state === "ready" ? project.value.name : "Project";
  return (
    <>
      <PageHeading
        title="Project Configuration"
        crumbs={[
          { text: "Projects", href: hrefOf({ page: "projects" }) },
          { text: name, href: hrefOf({ page: "project", projectId }) },
        ]}
      />
      <Tabs
        label="Project Configuration"
        tabs={tabs}
        chosen={tab}
        onChoose={(name) =>
          location.replace(hrefOf({ page: "configuration", projectId, tab: name }))
        }
      >
        {tab === "details" ? (
          <Show loaded={project}>{(found) => <ProjectDetails project={found} />}</Show>
        ) : (
          <ProjectSettings session={session} projectId={projectId} />
        )}
      </Tabs>
    </>
  );
}
