import type { ShownToken } from "@media-protection/mock";
import { useState } from "preact/hooks";
import { CopyButton } from "../parts/copy-button.js";
import { Field, filledIn, useAction } from "../parts/form.js";
import { Show } from "../parts/notice.js";
import { PageHeading } from "../parts/page-heading.js";
import { Moment } from "../parts/time.js";
import { control, type NewToken } from "../state/control.js";
import { hrefOf } from "../state/route.js";
import type { Session } from "../state/session.js";
import { useLoaded } from "../state/use-loaded.js";

interface AccessProps {
  readonly session: Session;
  readonly projectId: string;
}

/** What opens a project, and what signs its callbacks. */
export function AccessPage({ session, projectId }: AccessProps) {
  const [project] = useLoaded(
    (signal) => session.client.projects.get(projectId, { signal }),
    [session, projectId],
  );
  const name = project.state === "ready" ? project.value.name : "Project";
  return (
    <>
      <PageHeading
        title="API tokens and signing keys"
        crumbs={[
          { text: "Projects", href: hrefOf({ page: "projects" }) },
          { text: name, href: hrefOf({ page: "project", projectId }) },
        ]}
      />
      <Tokens projectId={projectId} />
      <SigningKeys session={session} projectId={projectId} />
    </>
  );
}

function Tokens({ projectId }: { readonly projectId: string }) {
  const [loaded] = useLoaded((signal) => control.read("tokens", signal), []);
  const [made, setMade] = useState<NewToken>();
  return (
    <section class="card" aria-labelledby="tokens">
      <h2 id="tokens">API tokens</h2>
      <p class="muted">
        A token opens what its scopes say. One that has expired or was revoked opens nothing from
        the next request on.
      </p>
      <Show loaded={loaded}>
        {({ tokens, scopes }) => (
          <>
            <ul class="rows" aria-label="API tokens">
              {tokens
                .filter((token) => token.projectId === projectId)
                .map((token) => (
                  <TokenRow
                    key={token.id}
                    token={token}
                    isAll={token.scopes.length === scopes.length}
                  />
                ))}
            </ul>
            <NewTokenForm projectId={projectId} scopes={scopes} onMade={setMade} />
          </>
        )}
      </Show>
      <div role="status">
        {made && (
          <p class="url made">
            <span>
              The new token, shown this once: <code>{made.token}</code>
            </span>
            <CopyButton text={made.token} what="the new token" />
          </p>
        )}
      </div>
    </section>
  );
}

function TokenRow({ token, isAll }: { readonly token: ShownToken; readonly isAll: boolean }) {
  const { run, busy, failure } = useAction();
  const { id, name, scopes, expiresAt, alive } = token;
  return (
    <li>
      <div>
        <strong>{name}</strong>{" "}
        <span class="muted">{isAll ? "every scope" : scopes.join(", ")}</span>
        <br />
        <code>{id}</code>
        {expiresAt !== null && (
          <span class="muted small-text">
            {" "}
            {alive ? "until" : "until it ended,"} <Moment at={new Date(expiresAt)} />
          </span>
        )}
      </div>
      {alive ? (
        <button
          type="button"
          class="button small"
          aria-label={`Revoke ${name}`}
          aria-busy={busy}
          onClick={() => run(() => control.revokeToken(id))}
        >
          Revoke
        </button>
      ) : (
        <span class="status denied">opens nothing</span>
      )}
      {failure}
    </li>
  );
}

function NewTokenForm({
  projectId,
  scopes,
  onMade,
}: {
  readonly projectId: string;
  readonly scopes: readonly string[];
  readonly onMade: (token: NewToken) => void;
}) {
  const { run, busy, failure } = useAction();
  const submit = (event: SubmitEvent & { readonly currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const form = event.currentTarget;
    const { name, minutes } = filledIn(form);
    const chosen = new FormData(form).getAll("scopes");
    const end = minutes === undefined ? undefined : Date.now() + Number(minutes) * 60_000;
    run(async () => {
      const token = await control.addToken({
        ...{ projectId, scopes: chosen },
        ...(name !== undefined && { name }),
        ...(end !== undefined && { expiresAt: new Date(end).toISOString() }),
      });
      form.reset();
      onMade(token);
    });
  };
  return (
    <form class="form" onSubmit={submit}>
      <h3>A new token</h3>
      <div class="inline">
        <Field label="Name">
          <input name="name" placeholder="Token" autocomplete="off" />
        </Field>
        <Field label="Expires in minutes">
          <input name="minutes" type="number" min="0" step="any" placeholder="never" />
        </Field>
      </div>
      <fieldset>
        <legend>Scopes</legend>
        {scopes.map((scope) => (
          <label key={scope} class="check">
            <input type="checkbox" name="scopes" value={scope} />
            {scope}
          </label>
        ))}
      </fieldset>
      {failure}
      <button type="submit" class="button" aria-busy={busy}>
        Make a token
      </button>
    </form>
  );
}

function SigningKeys({ session, projectId }: AccessProps) {
  const [loaded] = useLoaded((signal) => control.read("signing-keys", signal), []);
  const { run, busy, failure } = useAction();
  return (
    <section class="card" aria-labelledby="signing-keys">
      <h2 id="signing-keys">Signing keys</h2>
      <p class="muted">
        They sign the callbacks of this project. After a rotation the old key stays valid for a
        while: receivers must take both.
      </p>
      <Show loaded={loaded}>
        {({ projects }) => (
          <ol class="rows" aria-label="Signing keys, the newest first">
            {projects
              .find((project) => project.projectId === projectId)
              ?.signingKeys.map((key, index) => (
                <li key={key}>
                  <div>
                    <code>{key}</code>{" "}
                    {index > 0 && <span class="muted">the old one, still valid</span>}
                  </div>
                  <CopyButton text={key} what={index === 0 ? "the signing key" : "the old key"} />
                </li>
              ))}
          </ol>
        )}
      </Show>
      {failure}
      <p>
        <button
          type="button"
          class="button"
          aria-busy={busy}
          onClick={() => run(() => session.client.projects.rotateSigningKey(projectId))}
        >
          Rotate the signing key
        </button>
      </p>
    </section>
  );
}
