import type { PlatformDescription } from "@media-protection/mock";
import { useEffect, useState } from "preact/hooks";
import { AccessPage } from "./pages/access.js";
import { CallbacksPage } from "./pages/callbacks.js";
import { ConfigurationPage } from "./pages/configuration.js";
import { FaultsPage } from "./pages/faults.js";
import { JournalPage } from "./pages/journal.js";
import { MediaPage } from "./pages/media.js";
import { NotFoundPage } from "./pages/not-found.js";
import { ProjectPage } from "./pages/project.js";
import { ProjectsPage } from "./pages/projects.js";
import { ResetPage } from "./pages/reset.js";
import { SignInPage } from "./pages/sign-in.js";
import { SwitchesPage } from "./pages/switches.js";
import { Show } from "./parts/notice.js";
import { control } from "./state/control.js";
import { live } from "./state/live.js";
import { hrefOf, type MockPage, mockPages, type Route } from "./state/route.js";
import { resume, type Session, signOut } from "./state/session.js";
import { useLoaded } from "./state/use-loaded.js";
import { useRoute } from "./state/use-route.js";

const titles: Readonly<Record<MockPage, string>> = {
  journal: "Journal",
  callbacks: "Callbacks",
  faults: "Faults",
  switches: "Behaviours",
  reset: "Reset",
};

/** The whole page: its frame, and in it what the URL names. */
export function App() {
  const route = useRoute();
  const [session, setSession] = useState<Session>();
  const [platform] = useLoaded((signal) => control.read("platform", signal), []);
  const isLost = location.pathname !== "/";
  const mockPage = mockPages.find((name) => name === route.page);
  const isProjects = mockPage === undefined && route.page !== "nowhere" && !isLost;
  // One connection for as long as the page is there, whatever it shows.
  useEffect(() => live.subscribe(() => {}), []);
  const leave = () => {
    signOut();
    setSession(undefined);
  };
  return (
    <>
      <header class="frame">
        <a class="brand" href={`/${hrefOf({ page: "projects" })}`}>
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path class="shield" d="M8 0l7 2.5V8c0 4-3 7-7 8-4-1-7-4-7-8V2.5z" />
            <path class="play" d="M6 5l5.5 3L6 11z" />
          </svg>
          Media protection mock
        </a>
        <nav aria-label="Pages">
          <a
            href={`/${hrefOf({ page: "projects" })}`}
            {...(isProjects && { "aria-current": "page" as const })}
          >
            Projects
          </a>
          {mockPages.map((name) => (
            <a
              key={name}
              href={`/${hrefOf({ page: name })}`}
              {...(mockPage === name && { "aria-current": "page" as const })}
            >
              {titles[name]}
            </a>
          ))}
        </nav>
        {session && (
          <button type="button" class="button small" onClick={leave}>
            Sign out
          </button>
        )}
      </header>
      <main>
        {isLost ? (
          <NotFoundPage address={location.pathname} />
        ) : (
          <Page route={route}>
            {(signedRoute) => (
              <Show loaded={platform} title="No answer">
                {(found) => (
                  <Signed
                    platform={found}
                    session={session}
                    onSession={setSession}
                    route={signedRoute}
                  />
                )}
              </Show>
            )}
          </Page>
        )}
      </main>
    </>
  );
}

type SignedRoute = Extract<
  Route,
  { readonly page: "projects" | "project" | "media" | "access" | "configuration" }
>;

/** A page, or what makes one that needs a session. */
function Page({
  route,
  children,
}: {
  readonly route: Route;
  readonly children: (route: SignedRoute) => preact.ComponentChildren;
}) {
  switch (route.page) {
    case "journal":
      return <JournalPage />;
    case "callbacks":
      return <CallbacksPage key={route.media} media={route.media} />;
    case "faults":
      return <FaultsPage key={route.media} media={route.media} />;
    case "switches":
      return <SwitchesPage />;
    case "reset":
      return <ResetPage />;
    case "nowhere":
      return <NotFoundPage address={location.hash} />;
    case "projects":
    case "project":
    case "media":
    case "access":
    case "configuration":
      // TypeScript narrows a union by one literal of it, not by what is a union of literals itself.
      return <>{children(route as SignedRoute)}</>;
  }
}

/** A page that needs a session, or the form that makes one. */
function Signed({
  platform,
  session,
  onSession,
  route,
}: {
  readonly platform: PlatformDescription;
  readonly session: Session | undefined;
  readonly onSession: (session: Session) => void;
  readonly route: SignedRoute;
}) {
  const [isResuming, setResuming] = useState(session === undefined);
  useEffect(() => {
    if (!isResuming) return;
    const begin = async () => {
      const found = await resume(platform);
      if (found !== undefined) onSession(found);
      setResuming(false);
    };
    void begin();
  }, []);
  if (isResuming) return <p class="muted">Loading…</p>;
  if (session === undefined) return <SignInPage platform={platform} onSignIn={onSession} />;
  switch (route.page) {
    case "projects":
      return <ProjectsPage session={session} />;
    case "project":
      return <ProjectPage key={route.projectId} session={session} projectId={route.projectId} />;
    case "configuration":
      return <ConfigurationPage session={session} projectId={route.projectId} tab={route.tab} />;
    case "media":
      return <MediaPage session={session} projectId={route.projectId} />;
    case "access":
      return <AccessPage session={session} projectId={route.projectId} />;
  }
}
