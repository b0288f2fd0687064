/** Callbacks in the five shapes that name media, and what is to be read from them. */

export const projectId = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a";
export const id = "0b7e0c1a-93a4-4a54-8a6e-6a1f3c2d4e5f";
export const callId = "8c2e4c53-2f2b-4f6f-a1de-9b7a36d1f0aa";
export const parent = "7d1c2b3a-1111-4aaa-8bbb-cccccccccccc";
const spaceId = "e5b0f6d2-2222-4ccc-9ddd-eeeeeeeeeeee";
const space = "https://example.signalwire.com";
export const files = "https://files.signalwire.com";
export const account = `${space}/api/laml/2010-04-01/Accounts/${projectId}`;
const hosted = `${files}/${spaceId}/${projectId}`;

export const recordingForm = {
  AccountSid: projectId,
  CallSid: callId,
  RecordingSid: id,
  RecordingUrl: `${account}/Recordings/${id}`,
  RecordingStatus: "completed",
  RecordingDuration: "12",
  RecordingChannels: "2",
  RecordingSource: "DialVerb",
};
export const recordingEvent = {
  event_type: "calling.call.record",
  event_channel: "swml:x",
  project_id: projectId,
  space_id: spaceId,
  params: {
    call_id: callId,
    recording_id: id,
    state: "finished",
    url: `${hosted}/recordings/${id}.wav`,
    size: 298_284,
    duration: 18.5,
    record: { audio: { format: "wav" } },
  },
};
export const messageForm = {
  MessageSid: parent,
  SmsSid: parent,
  AccountSid: projectId,
  MessageStatus: "received",
  From: "+15550100001",
  Body: "two pictures",
  NumMedia: "2",
  MediaUrl0: `${account}/Messages/${parent}/Media/${id}`,
  MediaContentType0: "image/jpeg",
  MediaUrl1: `${hosted}/message-media/${id}.pdf`,
  MediaContentType1: "Application/PDF; charset=binary",
};
export const faxForm = {
  FaxSid: parent,
  AccountSid: projectId,
  FaxStatus: "received",
  MediaSid: id,
  MediaUrl: `${hosted}/faxes/20240509-${id}.pdf`,
  OriginalMediaUrl: "https://customer.example/original.pdf",
  NumPages: "2",
  RemoteStationId: "station",
  ErrorCode: "",
  ErrorMessage: "",
};
export const faxEvent = {
  event_type: "calling.call.fax",
  project_id: projectId,
  params: {
    call_id: callId,
    fax: {
      type: "finished",
      params: {
        direction: "receive",
        document: `${hosted}/faxes/20240509-${id}.pdf`,
        pages: 2,
        success: true,
      },
    },
  },
};

export const recordingOnSpace = {
  kind: "recording",
  url: recordingForm.RecordingUrl,
  ref: { kind: "recording", spaceOrigin: space, projectId, recordingId: id },
  ready: true,
  status: "completed",
  duration: 12,
  projectId,
  recordingId: id,
  callId,
};
export const recordingOnFiles = {
  kind: "recording",
  url: recordingEvent.params.url,
  ref: { kind: "recording", origin: files, spaceId, projectId, file: `${id}.wav` },
  ready: true,
  status: "finished",
  size: 298_284,
  duration: 18.5,
  projectId,
  recordingId: id,
  callId,
};
const ofMessage = {
  kind: "messageMedia",
  ready: true,
  status: "received",
  projectId,
  messageId: parent,
};
export const attachments = [
  {
    ...ofMessage,
    url: messageForm.MediaUrl0,
    ref: { kind: "messageMedia", spaceOrigin: space, projectId, messageId: parent, mediaId: id },
    contentType: "image/jpeg",
  },
  {
    ...ofMessage,
    url: messageForm.MediaUrl1,
    ref: { kind: "messageMedia", origin: files, spaceId, projectId, file: `${id}.pdf` },
    contentType: "application/pdf",
  },
];
export const fax = {
  kind: "faxMedia",
  url: faxForm.MediaUrl,
  ref: { kind: "faxMedia", origin: files, spaceId, projectId, file: `20240509-${id}.pdf` },
  ready: true,
  projectId,
};

export function formText(fields: Record<string, string>): string {
  return new URLSearchParams(fields).toString();
}
