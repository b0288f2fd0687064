/**
 * The pages, and the fragment of the URL that names each. A fragment never leaves the browser.
 */

/** The tabs of a project's configuration, in their order. */
export const configurationTabs = ["details", "settings"] as const;

/** A tab of a project's configuration. */
export type ConfigurationTab = (typeof configurationTabs)[number];

/** What is done with the mock itself, for which nobody need sign in. */
export const mockPages = ["journal", "callbacks", "faults", "switches", "reset"] as const;

/** A page about the mock itself. */
export type MockPage = (typeof mockPages)[number];

/** What the page shows. */
export type Route =
  | { readonly page: "projects" }
  | { readonly page: "journal" | "switches" | "reset" | "nowhere" }
  /** `media`: the id of the medium that it is about, where there is one. */
  | { readonly page: "callbacks" | "faults"; readonly media?: string | undefined }
  | { readonly page: "project" | "media" | "access"; readonly projectId: string }
  | {
      readonly page: "configuration";
      readonly projectId: string;
      readonly tab: ConfigurationTab;
    };

/** The fragment of a route, `#` included: what links point to. */
export function hrefOf(route: Route): string {
  switch (route.page) {
    case "callbacks":
    case "faults":
      return `#/${route.page}${route.media === undefined ? "" : `/${route.media}`}`;
    case "project":
      return `#/projects/${route.projectId}`;
    case "configuration":
      return `#/projects/${route.projectId}/configuration/${route.tab}`;
    case "media":
    case "access":
      return `#/projects/${route.projectId}/${route.page}`;
    default:
      return `#/${route.page}`;
  }
}

/** The route that a fragment names; without one, the projects. */
export function readRoute(fragment: string): Route {
  if (fragment === "" || fragment === "#" || fragment === "#/") return { page: "projects" };
  const [start, first, second, third, fourth, ...more] = fragment.split("/");
  const nowhere: Route = { page: "nowhere" };
  if (start !== "#" || more.length > 0) return nowhere;
  if (first === "callbacks" || first === "faults") {
    return third === undefined ? { page: first, media: second } : nowhere;
  }
  const mockPage = mockPages.find((name) => name === first);
  if (mockPage !== undefined) return second === undefined ? { page: mockPage } : nowhere;
  if (first !== "projects") return nowhere;
  if (!second) return { page: "projects" };
  if (third === undefined) return { page: "project", projectId: second };
  if (third === "configuration") {
    const tab = configurationTabs.find((name) => name === (fourth ?? "details"));
    return tab === undefined ? nowhere : { page: "configuration", projectId: second, tab };
  }
  if (fourth !== undefined || (third !== "media" && third !== "access")) return nowhere;
  return { page: third, projectId: second };
}
