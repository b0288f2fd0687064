/**
 * Media URLs as references and back, without a client: for queues, databases and logs. Reading a URL
 * grants it no trust; that is decided by the client which downloads.
 *
 * @packageDocumentation
 */
export { mediaFileName } from "./download/media-file-name.js";
export {
  type FaxMediaRef,
  type HostedMediaRef,
  type MediaRef,
  type MediaUrlOptions,
  type MessageMediaRef,
  mediaUrl,
  type ParseMediaUrlOptions,
  parseMediaUrl,
  type RecordingRef,
} from "./trust/media-reference.js";
