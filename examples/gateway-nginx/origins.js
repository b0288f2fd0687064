/** The space's and the files host's: nginx and Node need the same, in the same order. */
export const origins = (
  process.env.MEDIA_ORIGINS ?? "https://example.signalwire.com,https://files.signalwire.com"
).split(",");
