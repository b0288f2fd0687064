import type { PlatformDescription } from "@media-protection/mock";
import { useState } from "preact/hooks";
import { Failure } from "../parts/notice.js";
import { PageHeading } from "../parts/page-heading.js";
import { type Session, signIn } from "../state/session.js";

/** Asks for a project id and an API token. */
export function SignInPage({
  platform,
  onSignIn,
}: {
  readonly platform: PlatformDescription;
  readonly onSignIn: (session: Session) => void;
}) {
  const [projectId, setProjectId] = useState(platform.projectId);
  const [apiToken, setApiToken] = useState(platform.apiToken ?? "");
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<{ readonly error: unknown }>();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setFailed(undefined);
    signIn(platform, { projectId, apiToken })
      .then(onSignIn, (error: unknown) => setFailed({ error }))
      .finally(() => setBusy(false));
  };
  return (
    <div class="narrow">
      <PageHeading title="Sign in" />
      <p class="muted">
        With the credentials of a project of the space <strong>{platform.spaceName}</strong>.
        {platform.apiToken !== null && " Those of the seeded project are filled in."}
      </p>
      <form class="card form" onSubmit={submit}>
        <label>
          Project ID
          <input
            required
            name="projectId"
            autocomplete="off"
            spellcheck={false}
            value={projectId}
            onInput={({ currentTarget }) => setProjectId(currentTarget.value)}
          />
        </label>
        <label>
          API token
          <input
            required
            name="apiToken"
            type="password"
            autocomplete="off"
            value={apiToken}
            onInput={({ currentTarget }) => setApiToken(currentTarget.value)}
          />
        </label>
        {failed && <Failure error={failed.error} />}
        <button type="submit" class="button primary" aria-busy={busy}>
          Sign in
        </button>
        <p class="muted small-text">
          Signed in until this tab is closed. Use tokens made for the mock.
        </p>
      </form>
    </div>
  );
}
