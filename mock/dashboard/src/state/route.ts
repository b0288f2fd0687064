/**
 * The pages, and the fragment of the URL that names each. A fragment never leaves the browser.
 */

/** The tabs of a project's configuration, in their order. */
export const configurationTabs = ["details", "settings"] as const;

/** A tab of a project's configuration. */
export type ConfigurationTab = (typeof configurationTabs)[number];

/** What the page shows. */
export type Route =
  | { readonly page: "projects" }
  | { readonly page: "project"; readonly projectId: string }
  | {
      readonly page: "configuration";
      readonly projectId: string;
      readonly tab: ConfigurationTab;
    }
  | { readonly page: "media"; readonly projectId: string }
  | { readonly page: "journal" };

/** The fragment of a route, `#` included: what links point to. */
export function hrefOf(route: Route): string {
  switch (route.page) {
    case "projects":
    case "journal":
      return `#/${route.page}`;
    case "project":
      return `#/projects/${route.projectId}`;
    case "configuration":
      return `#/projects/${route.projectId}/configuration/${route.tab}`;
    case "media":
      return `#/projects/${route.projectId}/media`;
  }
}

/** The route that a fragment names; the projects for one that names none. */
export function readRoute(fragment: string): Route {
  const [, first, projectId, page, tab] = fragment.split("/");
  if (first === "journal") return { page: "journal" };
  if (first !== "projects" || !projectId) return { page: "projects" };
  if (page === "media") return { page: "media", projectId };
  if (page === "configuration") {
    const known = configurationTabs.find((name) => name === tab) ?? "details";
    return { page: "configuration", projectId, tab: known };
  }
  return { page: "project", projectId };
}
