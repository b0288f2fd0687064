import type { ProtectionSetting } from "@media-protection/contract";
import { useRef } from "preact/hooks";
import { Show } from "../parts/notice.js";
import { SwitchRow } from "../parts/switch-row.js";
import type { Session } from "../state/session.js";
import { useLoaded } from "../state/use-loaded.js";

/** The switches in their order, with the labels that the platform's dashboard gives them. */
const rows: readonly { readonly setting: ProtectionSetting; readonly label: string }[] = [
  { setting: "recordings", label: "Protect Recording Media URLs" },
  { setting: "messageMedia", label: "Protect Message Media URLs" },
  { setting: "faxMedia", label: "Protect Fax Media URLs" },
];

/** The tab *Settings*. */
export function ProjectSettings({
  session,
  projectId,
}: {
  readonly session: Session;
  readonly projectId: string;
}) {
  const { protection } = session.client;
  const [settings, replace] = useLoaded(
    (signal) => protection.get({ projectId, signal }),
    [session, projectId],
  );
  const last = useRef<Promise<unknown>>(Promise.resolve());
  /** One change after the other, so that the last answer is that of the last change. */
  const change = (setting: ProtectionSetting, on: boolean): Promise<void> => {
    const wanted: { [Name in ProtectionSetting]?: boolean } = { [setting]: on };
    const made = last.current.then(async () =>
      replace(await protection.set(wanted, { projectId })),
    );
    last.current = made.catch(() => {});
    return made;
  };
  return (
    <section class="card" aria-labelledby="media-url-protection">
      <h2 id="media-url-protection">Media URL Protection Details</h2>
      <p class="muted">
        Without protection, whoever has the link of a recording, an attachment or a fax can open it.
        With it, a request to a media URL of that kind needs this project's API credentials. A
        change takes effect immediately.
      </p>
      <Show loaded={settings}>
        {(current) => (
          <ul class="settings">
            {rows.map(({ setting, label }) => (
              <SwitchRow
                key={setting}
                label={label}
                on={current[setting]}
                onChange={(on) => change(setting, on)}
              />
            ))}
          </ul>
        )}
      </Show>
    </section>
  );
}
