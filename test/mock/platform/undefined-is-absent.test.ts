import {
  type AddFaxMediaOptions,
  type AddMessageMediaOptions,
  type AddProjectOptions,
  type AddRecordingOptions,
  type AddTokenOptions,
  createPlatform,
  type PlatformOptions,
} from "@media-protection/mock";
import { type SetupMockOptions, setupMock } from "@media-protection/mock/node";
import { type MockServerOptions, startMockServer } from "@media-protection/mock/server";
import { describe, expect, test } from "vitest";

// An option that is undefined is one that was not given, in types (`exactOptionalPropertyTypes` is on
// here) and when it runs. But for the project: undefined must not come to mean the root project unseen.

/** Every option that may be left out, undefined; a new one that may not be does not compile. */
type AllUndefined<Options> = {
  readonly [Name in keyof Options as undefined extends Options[Name] ? Name : never]-?: undefined;
};

const nothing = { id: undefined, createdAt: undefined, status: undefined } as const;

describe("undefined is absent", () => {
  test("for a platform and what is added to it", () => {
    const options: AllUndefined<Omit<PlatformOptions, "projectId">> = {
      ...{ spaceName: undefined, apiToken: undefined, switches: undefined, seed: undefined },
      ...{ idSeed: undefined, now: undefined, signingKeyOverlap: undefined, plant: undefined },
      ...{ journalSize: undefined, wait: undefined, origins: undefined },
    };
    const platform = createPlatform(options);
    expect(platform.credentials).toEqual(createPlatform().credentials);
    const recording: AllUndefined<Omit<AddRecordingOptions, "projectId">> = {
      ...nothing,
      ...{ seconds: undefined, size: undefined, channels: undefined, source: undefined },
      ...{ callId: undefined, leg: undefined, conferenceId: undefined },
      ...{ wav: undefined, mp3: undefined, mp4: undefined },
    };
    expect(platform.addRecording(recording).recording.durationSeconds).toBe(3);
    const picture: AllUndefined<Omit<AddMessageMediaOptions, "projectId">> = {
      ...nothing,
      ...{ messageId: undefined, fileName: undefined, contentType: undefined, file: undefined },
      ...{ body: undefined, from: undefined, to: undefined },
    };
    expect(platform.addMessageMedia(picture).media.file.contentType).toBe("image/jpeg");
    const document: AllUndefined<Omit<AddFaxMediaOptions, "projectId">> = {
      ...nothing,
      ...{ faxId: undefined, pages: undefined, contentType: undefined, file: undefined },
      ...{ from: undefined, to: undefined },
    };
    expect(platform.addFaxMedia(document).media.file.contentType).toBe("application/pdf");
    const project: AllUndefined<AddProjectOptions> = {
      ...{ id: undefined, name: undefined, createdAt: undefined },
      ...{ hasPhoneNumbers: undefined, parentId: undefined },
    };
    expect(platform.addProject(project).name).toBe("Subproject");
    const token: AllUndefined<Omit<AddTokenOptions, "projectId" | "scopes">> = {
      ...{ name: undefined, token: undefined, expiresAt: undefined },
    };
    expect(platform.addToken({ scopes: ["messaging"], ...token }).name).toBe("Token");
  });

  test("for a server and for MSW", async () => {
    const server: AllUndefined<Omit<MockServerOptions, "port">> = {
      ...{ host: undefined, publicHost: undefined, platform: undefined, state: undefined },
      ...{ strict: undefined, https: undefined, requestTimeout: undefined },
    };
    await using mock = await startMockServer({ port: 0, ...server });
    expect(mock.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const inProcess: AllUndefined<SetupMockOptions> = {
      ...{ platform: undefined, onUnhandledRequest: undefined },
    };
    expect(setupMock(inProcess).platform.spaceName).toBe("example");
  });
});
