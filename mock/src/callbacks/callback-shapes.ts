import type { MediaKind } from "@media-protection/contract";

/** A medium, as callbacks tell of it. */
export interface CallbackSubject {
  readonly kind: MediaKind;
  readonly id: string;
  readonly projectId: string;
  readonly spaceId: string;
  /** Its URL on the space, as the compatibility API writes it, and on the files host, as events do. */
  readonly spaceUrl: string;
  readonly filesUrl: string;
  readonly contentType: string;
  /** Bytes. */
  readonly size: number;
  /** The message, fax, call or conference that it is of. */
  readonly parentId: string;
  readonly from: string;
  readonly to: string;
  /** Seconds. Recordings only. */
  readonly duration: number;
  /** Pages. Faxes only. */
  readonly pages: number;
}

/** A body: the parameters of a form, or what JSON is made of. */
export type CallbackBody =
  | { readonly form: Readonly<Record<string, string>> }
  | { readonly json: object };

interface Shape {
  readonly kind: MediaKind;
  /** The states it tells of, in the order in which they come; the last one is that of the whole medium. */
  readonly states: readonly [string, ...string[]];
  readonly body: (subject: CallbackSubject, state: string) => CallbackBody;
}

/** Every shape of callback in which the platform tells of media. */
export const callbackShapes = {
  recording: {
    kind: "recording",
    states: ["in-progress", "completed"],
    body: (of, state) => ({ form: { ...recordingForm(of, state), CallSid: of.parentId } }),
  },
  conferenceRecording: {
    kind: "recording",
    states: ["in-progress", "completed"],
    body: (of, state) => ({ form: { ...recordingForm(of, state), ConferenceSid: of.parentId } }),
  },
  recordEvent: {
    kind: "recording",
    states: ["recording", "finished"],
    body: (of, state) =>
      event("calling.call.record", of, {
        call_id: of.parentId,
        recording_id: of.id,
        state,
        url: of.filesUrl,
        ...(state === "finished" && { size: of.size, duration: of.duration }),
        record: { audio: { format: "wav" } },
      }),
  },
  transcribeEvent: {
    kind: "recording",
    states: ["finished"],
    body: (of, state) =>
      event("calling.call.transcribe", of, {
        call_id: of.parentId,
        recording_id: of.id,
        state,
        url: of.filesUrl,
        duration: of.duration,
      }),
  },
  conferenceEvent: {
    kind: "recording",
    states: ["record-start", "conference-end"],
    body: (of, status) =>
      event("calling.conference", of, {
        conference_id: of.parentId,
        status,
        recording_id: of.id,
        recording_url: of.filesUrl,
        recording_file_size: of.size,
        recording_duration: of.duration,
      }),
  },
  swmlVariables: {
    kind: "recording",
    states: ["success"],
    body: (of, state) => ({
      json: {
        project_id: of.projectId,
        space_id: of.spaceId,
        call: { call_id: of.parentId, call_state: "answered", from: of.from, to: of.to },
        vars: { record_url: of.filesUrl, record_result: state },
      },
    }),
  },
  aiReport: {
    kind: "recording",
    states: ["success"],
    body: (of, state) => ({
      json: {
        ai_session_id: of.id,
        project_id: of.projectId,
        space_id: of.spaceId,
        call_id: of.parentId,
        SWMLVars: { record_url: of.filesUrl, record_result: state },
      },
    }),
  },
  message: {
    kind: "messageMedia",
    states: ["received"],
    body: (of, state) => ({
      form: {
        ...{ MessageSid: of.parentId, SmsSid: of.parentId, AccountSid: of.projectId },
        ...{ MessageStatus: state, From: of.from, To: of.to, Body: "", NumMedia: "1" },
        ...{ MediaUrl0: of.spaceUrl, MediaContentType0: of.contentType },
      },
    }),
  },
  messageEvent: {
    kind: "messageMedia",
    states: ["received"],
    body: (of, state) => event("messaging.receive", of, messageParams(of, state)),
  },
  messageStateEvent: {
    kind: "messageMedia",
    states: ["queued", "delivered"],
    body: (of, state) => event("messaging.state", of, messageParams(of, state)),
  },
  swmlMessage: {
    kind: "messageMedia",
    states: ["received"],
    body: (of, state) => ({
      json: {
        message: {
          ...messageParams(of, state),
          project_id: of.projectId,
          space_id: of.spaceId,
          media: [{ url: of.filesUrl, content_type: of.contentType, size: of.size }],
        },
      },
    }),
  },
  fax: {
    kind: "faxMedia",
    states: ["receiving", "received"],
    body: (of, state) => ({
      form: {
        ...{ FaxSid: of.parentId, AccountSid: of.projectId, FaxStatus: state },
        ...{ Direction: "inbound", From: of.from, To: of.to, NumPages: String(of.pages) },
        ...{ MediaSid: of.id, MediaUrl: of.filesUrl, OriginalMediaUrl: "", ErrorCode: "" },
      },
    }),
  },
  faxEvent: {
    kind: "faxMedia",
    states: ["page", "finished"],
    body: (of, type) =>
      event("calling.call.fax", of, {
        call_id: of.parentId,
        fax: {
          type,
          params: {
            ...{ direction: "receive", fax_id: of.parentId, document: of.filesUrl },
            ...{ pages: of.pages, success: true },
          },
        },
      }),
  },
} as const satisfies Readonly<Record<string, Shape>>;

/** The name of a shape of callback. */
export type CallbackShape = keyof typeof callbackShapes;

function recordingForm(of: CallbackSubject, state: string): Record<string, string> {
  return {
    AccountSid: of.projectId,
    RecordingSid: of.id,
    RecordingUrl: of.spaceUrl,
    RecordingStatus: state,
    RecordingDuration: String(Math.round(of.duration)),
    RecordingChannels: "1",
    RecordingSource: "DialVerb",
  };
}

function messageParams(of: CallbackSubject, state: string): object {
  return {
    message_id: of.parentId,
    message_state: state,
    from_number: of.from,
    to_number: of.to,
    body: "",
    media: [of.filesUrl],
  };
}

function event(type: string, of: CallbackSubject, params: object): CallbackBody {
  const { projectId: project_id, spaceId: space_id } = of;
  return { json: { event_type: type, project_id, space_id, params } };
}
