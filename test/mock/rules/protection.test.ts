import { type MediaKind, mediaKinds, type TokenScope } from "@media-protection/contract";
import {
  allScopes,
  decideMediaAccess,
  type ProtectionCaller,
  type ProtectionQuestion,
} from "@media-protection/mock";
import { describe, expect, test } from "vitest";

// The rule's whole truth table: every kind, whether it is protected and since when, when the medium was
// created, who asks, and every position of the switches that the rule knows. What must come out is
// written down here in words of its own, from the outside in.

const project = { id: "subproject", parentId: "root" };
const switchedOn = 1000;

const kinds = ["recording", "messageMedia", "faxMedia"] as const satisfies readonly MediaKind[];

const scopeNamed: Record<MediaKind, TokenScope> = {
  recording: "calling",
  messageMedia: "messaging",
  faxMedia: "fax",
};

const media = {
  "created before": switchedOn - 1,
  "created in the same millisecond": switchedOn,
  "created after": switchedOn + 1,
  "that does not exist": null,
} as const;

type Owner = "own" | "root" | "another";

interface Who {
  readonly name: string;
  readonly credentials: "none" | "wrong" | Owner;
  readonly scope: "the kind's" | "every other";
}

const callers: readonly Who[] = [
  { name: "anonymous", credentials: "none", scope: "every other" },
  { name: "wrong credentials", credentials: "wrong", scope: "every other" },
  ...(["own", "root", "another"] as const).flatMap((credentials) =>
    (["the kind's", "every other"] as const).map((scope) => ({
      name: `${credentials} project with ${scope} scope`,
      credentials,
      scope,
    })),
  ),
];

function callerOf(who: Who, kind: MediaKind): ProtectionCaller {
  if (who.credentials === "none") return { type: "anonymous" };
  if (who.credentials === "wrong") return { type: "invalid" };
  const projectId = { own: project.id, root: project.parentId, another: "another" }[
    who.credentials
  ];
  const needed = scopeNamed[kind];
  const scopes =
    who.scope === "the kind's" ? [needed] : allScopes.filter((scope) => scope !== needed);
  return { type: "project", projectId, scopes: new Set(scopes) };
}

/** What must come out. */
function expected(row: {
  on: boolean;
  medium: keyof typeof media;
  who: Who;
  switches: ProtectionQuestion["switches"];
}): string {
  const { on, medium, who, switches } = row;
  const open = !on || (!switches.retroactive && medium === "created before");
  if (open) {
    const refused = switches.checkCredentialsOnPublicMedia && who.credentials === "wrong";
    return refused ? "deny: invalid-credentials" : "allow: public";
  }
  switch (who.credentials) {
    case "none":
      return "deny: no-credentials";
    case "wrong":
      return "deny: invalid-credentials";
    case "another":
      return "deny: other-project";
    case "root":
      if (!switches.rootOpensSubprojects) return "deny: other-project";
      return who.scope === "the kind's" ? "allow: root-project" : "deny: missing-scope";
    case "own":
      return who.scope === "the kind's" ? "allow: own-project" : "deny: missing-scope";
  }
}

const bits = [true, false] as const;
const everySwitch = bits.flatMap((retroactive) =>
  bits.flatMap((rootOpensSubprojects) =>
    bits.map((checkCredentialsOnPublicMedia) => ({
      retroactive,
      rootOpensSubprojects,
      checkCredentialsOnPublicMedia,
    })),
  ),
);

const table = kinds.flatMap((kind) =>
  bits.flatMap((on) =>
    (Object.keys(media) as (keyof typeof media)[]).flatMap((medium) =>
      callers.flatMap((who) =>
        everySwitch.map((switches) => ({ kind, on, medium, who, switches })),
      ),
    ),
  ),
);

describe("the protection rule", () => {
  test("is decided for every one of the 1,536 combinations", () => {
    expect(table).toHaveLength(3 * 2 * 4 * 8 * 8);
  });

  test.each(kinds)("holds for every combination of a %s", (kind) => {
    const wrong: string[] = [];
    for (const row of table.filter((candidate) => candidate.kind === kind)) {
      const answer = decideMediaAccess({
        kind,
        project,
        protectedSince: row.on ? switchedOn : null,
        createdAt: media[row.medium],
        caller: callerOf(row.who, kind),
        switches: row.switches,
      });
      const said = `${answer.allow ? "allow" : "deny"}: ${answer.reason}`;
      const wanted = expected(row);
      if (said !== wanted) {
        wrong.push(
          `${row.on ? "protected" : "open"}, ${row.medium}, ${row.who.name}, ` +
            `${JSON.stringify(row.switches)}: ${said} instead of ${wanted}`,
        );
      }
    }
    expect(wrong).toEqual([]);
  });

  test("asks for the scope that the contract's table names", () => {
    for (const kind of kinds) expect(mediaKinds[kind].scope).toBe(scopeNamed[kind]);
  });

  test("root credentials open the root project's own media, whatever the switch says", () => {
    for (const rootOpensSubprojects of bits) {
      const answer = decideMediaAccess({
        kind: "recording",
        project: { id: "root", parentId: null },
        protectedSince: switchedOn,
        createdAt: switchedOn,
        caller: { type: "project", projectId: "root", scopes: new Set(["calling"]) },
        switches: {
          retroactive: true,
          checkCredentialsOnPublicMedia: false,
          rootOpensSubprojects,
        },
      });
      expect(answer).toEqual({ allow: true, reason: "own-project" });
    }
  });

  test("a subproject's credentials do not open its root project's media", () => {
    const answer = decideMediaAccess({
      kind: "recording",
      project: { id: "root", parentId: null },
      protectedSince: switchedOn,
      createdAt: switchedOn,
      caller: { type: "project", projectId: "subproject", scopes: new Set(["calling"]) },
      switches: {
        retroactive: true,
        checkCredentialsOnPublicMedia: false,
        rootOpensSubprojects: true,
      },
    });
    expect(answer).toEqual({ allow: false, reason: "other-project" });
  });

  test("an id that does not exist answers like one that does, to whoever may not know", () => {
    for (const row of table.filter(({ on, medium }) => on && medium === "created after")) {
      const question = {
        kind: row.kind,
        project,
        protectedSince: switchedOn,
        caller: callerOf(row.who, row.kind),
        switches: row.switches,
      };
      expect(decideMediaAccess({ ...question, createdAt: null })).toEqual(
        decideMediaAccess({ ...question, createdAt: media[row.medium] }),
      );
    }
  });
});
