import { type MediaKind, mediaKinds } from "@media-protection/contract";
import type { Project } from "@media-protection/sdk";
import { Lock } from "./icons.js";

const nouns: Readonly<Record<MediaKind, string>> = {
  recording: "Recordings",
  messageMedia: "Messages",
  faxMedia: "Faxes",
};

/** Which kinds of a project's media are protected. */
export function ProtectionBadges({ project }: { readonly project: Project }) {
  return (
    <ul class="badges" aria-label="Protection">
      {/* The keys of a const object are exactly its literal names. */}
      {(Object.keys(mediaKinds) as MediaKind[]).map((kind) => {
        const on = project[mediaKinds[kind].flag];
        return (
          <li key={kind} class={on ? "badge protected" : "badge public"}>
            <Lock closed={on} />
            {nouns[kind]}: {on ? "protected" : "public"}
          </li>
        );
      })}
    </ul>
  );
}
