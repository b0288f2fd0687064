import { runGateway } from "@media-protection/gateway/node";

// One proxy stands before it: the viewer's address is the one that it saw.
await runGateway({
  port: Number(process.env.PORT ?? 8080),
  publicUrl: process.env.MEDIA_GATEWAY_URL,
  proxies: 1,
});
