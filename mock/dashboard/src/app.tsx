import type { PlatformDescription } from "@media-protection/mock";
import { useState } from "preact/hooks";
import { ConfigurationPage } from "./pages/configuration.js";
import { JournalPage } from "./pages/journal.js";
import { MediaPage } from "./pages/media.js";
import { ProjectPage } from "./pages/project.js";
import { ProjectsPage } from "./pages/projects.js";
import { SignInPage } from "./pages/sign-in.js";
import { Show } from "./parts/notice.js";
import { hrefOf, type Route } from "./state/route.js";
import { describePlatform, type Session } from "./state/session.js";
import { useLoaded } from "./state/use-loaded.js";
import { useRoute } from "./state/use-route.js";

/** The whole page: its frame, and in it what the URL names. */
export function App() {
  const route = useRoute();
  const [session, setSession] = useState<Session>();
  const [platform] = useLoaded(describePlatform, []);
  const inJournal = route.page === "journal";
  return (
    <>
      <header class="frame">
        <a class="brand" href={hrefOf({ page: "projects" })}>
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path class="shield" d="M8 0l7 2.5V8c0 4-3 7-7 8-4-1-7-4-7-8V2.5z" />
            <path class="play" d="M6 5l5.5 3L6 11z" />
          </svg>
          Media protection mock
        </a>
        <nav aria-label="Pages">
          <a
            href={hrefOf({ page: "projects" })}
            {...(!inJournal && { "aria-current": "page" as const })}
          >
            Projects
          </a>
          <a
            href={hrefOf({ page: "journal" })}
            {...(inJournal && { "aria-current": "page" as const })}
          >
            Journal
          </a>
        </nav>
        {session && (
          <button type="button" class="button small" onClick={() => setSession(undefined)}>
            Sign out
          </button>
        )}
      </header>
      <main>
        {inJournal ? (
          <JournalPage />
        ) : (
          <Show loaded={platform} title="No answer">
            {(found) => (
              <Signed platform={found} session={session} onSignIn={setSession} route={route} />
            )}
          </Show>
        )}
      </main>
    </>
  );
}

/** A page that needs a session, or the form that makes one. */
function Signed({
  platform,
  session,
  onSignIn,
  route,
}: {
  readonly platform: PlatformDescription;
  readonly session: Session | undefined;
  readonly onSignIn: (session: Session) => void;
  readonly route: Exclude<Route, { readonly page: "journal" }>;
}) {
  if (session === undefined) return <SignInPage platform={platform} onSignIn={onSignIn} />;
  switch (route.page) {
    case "projects":
      return <ProjectsPage session={session} />;
    case "project":
      return <ProjectPage key={route.projectId} session={session} projectId={route.projectId} />;
    case "configuration":
      return <ConfigurationPage session={session} projectId={route.projectId} tab={route.tab} />;
    case "media":
      return <MediaPage session={session} projectId={route.projectId} />;
  }
}
