import type { AddedMedium } from "@media-protection/mock";
import { type Answer, answerToSession, answerToStrangers } from "../state/answers.js";
import type { Session } from "../state/session.js";
import { useLoaded } from "../state/use-loaded.js";
import { CopyButton } from "./copy-button.js";

/** What each URL of a medium is. */
const titles: Readonly<Record<string, string>> = {
  space: "On the space",
  spaceWav: "On the space, as WAV",
  spaceMp3: "On the space, as MP3",
  files: "On the files host",
  filesMp3: "On the files host, as MP3",
  filesByName: "On the files host, by its name",
  metadata: "Metadata",
};

/** Every URL of a medium, and what is answered there without and with credentials, as it is now. */
export function UrlAnswers({
  session,
  medium,
  name,
}: {
  readonly session: Session;
  readonly medium: AddedMedium;
  readonly name: string;
}) {
  const all: Readonly<Record<string, string | undefined>> = { ...medium.urls };
  // Several names may lead to the same place, of which the first is told.
  const urls = new Map<string, string>();
  for (const key of Object.keys(titles)) {
    const url = all[key];
    if (url !== undefined && !urls.has(url)) urls.set(url, key);
  }
  return (
    <ul class="urls">
      {[...urls].map(([url, key]) => (
        <UrlRow
          key={url}
          session={session}
          medium={medium}
          url={url}
          title={titles[key] ?? key}
          name={name}
        />
      ))}
    </ul>
  );
}

function UrlRow({
  session,
  medium,
  url,
  title,
  name,
}: {
  readonly session: Session;
  readonly medium: AddedMedium;
  readonly url: string;
  readonly title: string;
  readonly name: string;
}) {
  const what = `${title.toLowerCase()}, ${name}`;
  const [stranger] = useLoaded((signal) => answerToStrangers(url, signal), [url]);
  const [own] = useLoaded(
    (signal) => answerToSession(session, medium, url, signal),
    [session, url],
  );
  return (
    <li>
      <p class="url">
        <strong>{title}</strong>
        <span class="buttons">
          <CopyButton text={url} what={`the URL ${what}`} />
          <CopyButton text={curl(url)} what={`curl for ${what}`} label="Copy curl" />
        </span>
      </p>
      <code>{url}</code>
      <dl class="answers">
        <dt>Without credentials</dt>
        <dd>{stranger.state === "ready" ? <Said answer={stranger.value} /> : "…"}</dd>
        <dt>With credentials</dt>
        <dd>{own.state === "ready" ? <Said answer={own.value} /> : "…"}</dd>
      </dl>
    </li>
  );
}

/** An answer: its status in the colour of what it is, and why. */
export function Said({ answer: { ok, status, reason } }: { readonly answer: Answer }) {
  return (
    <>
      <strong class={ok ? "status served" : "status denied"}>{status}</strong> {reason}
    </>
  );
}

/** A line for a shell, over the variables that the mock prints when it starts: no secret is in it. */
function curl(url: string): string {
  // A URL of the mock has no quote in it, and nothing of it is the shell's between these.
  return `curl -u "$SIGNALWIRE_PROJECT_ID:$SIGNALWIRE_API_TOKEN" -O '${url.replaceAll("'", "%27")}'`;
}
