import type { Schemas } from "@media-protection/contract";
import {
  createClient,
  type Fax,
  type FaxMedia,
  type Listing,
  type MediaRef,
  type Message,
  type MessageMedia,
  type Recording,
} from "@media-protection/sdk";
import { describe, expectTypeOf, test } from "vitest";

// Checked by the compiler (`tsc -b`): an unused @ts-expect-error is a compile error.

const projectId = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a";
const client = createClient({ space: "example", projectId, apiToken: "PT-synthetic" });
const at = new Date(0);

export function callsThatMustNotCompile() {
  // @ts-expect-error a misspelt filter
  client.recordings.list({ createdAftr: at });
  // @ts-expect-error a misspelt filter beside a source
  client.recordings.list({ source: "relay", createdAftr: at });
  // @ts-expect-error messages are found by when they were sent
  client.messages.list({ createdAfter: at });
  // @ts-expect-error faxes by when they were created
  client.faxes.list({ sentAfter: at });
  // @ts-expect-error a date is a Date or a day
  client.recordings.list({ createdOn: "yesterday" });
  // @ts-expect-error there is no such source
  client.recordings.list({ source: "all" });
  // @ts-expect-error only the compatibility API finds the recordings of a call
  client.recordings.list({ callId: projectId });
  // @ts-expect-error nor those of a conference
  client.recordings.list({ source: "both", conferenceId: projectId });
  // @ts-expect-error there is no such state of a message
  client.messages.list({ status: "lost" });
  // @ts-expect-error attachments belong to a message
  client.messageMedia.list();
  // @ts-expect-error fax documents are found by when they were created
  client.faxMedia.list(projectId, { sentOn: at });
  // @ts-expect-error the ids of message and attachment
  void client.messageMedia.get(projectId);
  // @ts-expect-error the tree of projects is not that of one project
  client.projects.list({ projectId });
  // @ts-expect-error counts are read, not set
  client.recordings.list().counts = { compatibility: 0, relay: 0, both: 0 };
}

export function callsThatMustCompile() {
  client.recordings.list({ source: "compatibility", callId: projectId, createdOn: at });
  client.recordings.list({ createdAfter: at, pageSize: 5, timeout: 1, projectId });
}

describe("types", () => {
  test("items are the wrapper's own, pages the platform's", () => {
    expectTypeOf(client.messages.list()).toEqualTypeOf<Listing<Message, Schemas["MessageList"]>>();
    expectTypeOf(client.faxes.list()).toEqualTypeOf<Listing<Fax, Schemas["FaxList"]>>();
    expectTypeOf(client.projects.list()).toEqualTypeOf<
      Listing<Schemas["Project"], Schemas["ProjectList"]>
    >();
    expectTypeOf(client.recordings.list()).toExtend<
      Listing<Recording, Schemas["RecordingList"] | Schemas["RelayRecordingList"]>
    >();
    expectTypeOf<Fax["raw"]>().toEqualTypeOf<Schemas["Fax"]>();
  });

  test("a medium has what it is downloaded by", () => {
    expectTypeOf<Recording | MessageMedia | FaxMedia>().toExtend<{ readonly ref: MediaRef }>();
  });

  test("a recording's source tells what its raw object is", () => {
    expectTypeOf<Extract<Recording, { source: "relay" }>["raw"]>().toEqualTypeOf<
      Schemas["RelayRecording"]
    >();
    expectTypeOf<Extract<Recording, { source: "compatibility" }>["raw"]>().toEqualTypeOf<
      Schemas["Recording"]
    >();
  });
});
