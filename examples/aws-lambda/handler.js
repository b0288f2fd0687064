import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { clientFromEnv } from "@media-protection/sdk/node";
import { serveMedia } from "@media-protection/sdk/players";

// A function URL with the invoke mode RESPONSE_STREAM: then an answer may have 200 MB, and begins at
// once. Give the function the API token as a secret, and as long a timeout as its longest medium needs.
const client = clientFromEnv();

/** `https://….lambda-url.….on.aws/recordings/ID` */
export const handler = awslambda.streamifyResponse(async (event, stream) => {
  const { http, domainName } = event.requestContext;
  const request = new Request(`https://${domainName}${event.rawPath}`, {
    method: http.method,
    headers: event.headers,
  });
  const recordingId = event.rawPath.split("/").at(-1);
  const source = { kind: "recording", format: "mp3", recordingId };
  const { status, headers, body } = await serveMedia(client, source, request, {
    onError: (error) => console.error(String(error)),
  });
  const out = awslambda.HttpResponseStream.from(stream, {
    statusCode: status,
    headers: Object.fromEntries(headers),
  });
  // Bytes that break off for good end the stream by an error: no player takes a part for the whole.
  await pipeline(body ? Readable.fromWeb(body) : Readable.from([]), out);
});
