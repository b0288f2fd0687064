import { runGateway } from "@media-protection/gateway/node";
import { origins } from "./origins.js";

await runGateway({
  port: Number(process.env.PORT ?? 8080),
  publicUrl: process.env.MEDIA_GATEWAY_URL,
  accelOrigins: origins,
});
