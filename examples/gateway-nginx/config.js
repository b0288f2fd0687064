import { writeFileSync } from "node:fs";
import { nginxAuthorization, nginxConfig } from "@media-protection/gateway/node";
import { origins } from "./origins.js";

const { SIGNALWIRE_PROJECT_ID, SIGNALWIRE_API_TOKEN, NGINX_FOLDER = "/etc/nginx" } = process.env;

// The one file with credentials: nginx reads it as root, before it becomes somebody else.
const authorizationFile = `${NGINX_FOLDER}/media-authorization.conf`;
writeFileSync(authorizationFile, nginxAuthorization(SIGNALWIRE_PROJECT_ID, SIGNALWIRE_API_TOKEN), {
  mode: 0o600,
});

console.log(
  nginxConfig({
    gateway: process.env.GATEWAY ?? "127.0.0.1:8080",
    origins,
    authorizationFile,
    listen: process.env.LISTEN,
    accessLog: process.env.ACCESS_LOG,
  }),
);
