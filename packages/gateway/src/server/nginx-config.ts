import { OptionError } from "@media-protection/sdk";

/** Options of `nginxConfig`. */
export interface NginxOptions {
  /** Where Node listens: `127.0.0.1:8080`. */
  readonly gateway: string;
  /** The gateway's `accel.origins`, in the same order. */
  readonly origins: readonly string[];
  /** The file that sets `Authorization`, root's alone (0600); `nginxAuthorization` gives its text. */
  readonly authorizationFile: string;
  /** What `listen` says. @default "127.0.0.1:8081" */
  readonly listen?: string | undefined;
  /** Hosts of storage that upstream may redirect to, with a port other than 443. @default none */
  readonly storageHosts?: readonly string[] | undefined;
  /** DNS servers, where there are storage hosts. @default "127.0.0.1" */
  readonly resolver?: string | undefined;
  /** Certificates that upstreams are verified by. @default Debian's */
  readonly certificates?: string | undefined;
  /** The path before the internal locations. @default "/-media" */
  readonly prefix?: string | undefined;
  /** Where the access log goes. @default "/var/log/nginx/media-gateway.log" */
  readonly accessLog?: string | undefined;
}

/** The text of the file that sets `Authorization` on the hop to the platform. Write it with 0600. */
export function nginxAuthorization(projectId: string, apiToken: string): string {
  if (!projectId || !apiToken) throw new OptionError("apiToken", "given, with its project id");
  const basic = Buffer.from(`${projectId}:${apiToken}`).toString("base64");
  return `proxy_set_header Authorization "Basic ${basic}";\n`;
}

const simple = /^[\w.:/*\-[\] ]+$/;

/** The fields that Node decides, which come as `X-Media-…`: nginx passes some by their own names on twice. */
const ours = [
  "Content-Disposition",
  "Cache-Control",
  "Content-Security-Policy",
  "Cross-Origin-Resource-Policy",
  "Access-Control-Allow-Origin",
  "Access-Control-Expose-Headers",
  "Vary",
] as const;

/** Fields of storages and caches, which may name a bucket, a request or a version. */
const ofStorage = [
  ...["Request-Id", "Id-2", "Version-Id", "Storage-Class", "Bucket-Region", "Cf-Id", "Cf-Pop"].map(
    (name) => `X-Amz-${name}`,
  ),
  "X-Amz-Server-Side-Encryption",
  "X-Amz-Server-Side-Encryption-Aws-Kms-Key-Id",
  "X-Request-Id",
  "X-Cache",
  "Via",
] as const;

/**
 * The blocks for nginx's `http { … }` with which it moves the bytes of recordings, while Node decides.
 *
 * @throws OptionError for a value that could say something else to nginx
 */
export function nginxConfig(options: NginxOptions): string {
  const {
    gateway,
    origins,
    authorizationFile,
    listen = "127.0.0.1:8081",
    prefix = "/-media",
  } = options;
  const { accessLog = "/var/log/nginx/media-gateway.log", storageHosts = [] } = options;
  const { certificates = "/etc/ssl/certs/ca-certificates.crt", resolver = "127.0.0.1" } = options;
  const values = { gateway, authorizationFile, listen, prefix, accessLog, certificates, resolver };
  for (const [name, value] of Object.entries(values)) {
    if (!simple.test(value)) throw new OptionError(name, "letters, digits and - _ . : / only");
  }
  for (const origin of origins) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin)
      throw new OptionError("origins", "origins");
  }
  for (const host of storageHosts) {
    if (!/^[\w.-]+(?::\d+)?$/.test(host)) throw new OptionError("storageHosts", "host names");
  }
  const variable = (name: string) => `$media_${name.toLowerCase().replaceAll("-", "_")}`;
  const upstreamField = (name: string) =>
    `$upstream_http_x_media_${name.toLowerCase().replaceAll("-", "_")}`;
  const keep = ours.map((name) => `set ${variable(name)} ${upstreamField(name)};`);
  const hide = [
    ...ours,
    "WWW-Authenticate",
    "Set-Cookie",
    "Server",
    "X-Accel-Redirect",
    "X-Accel-Buffering",
    "X-Accel-Charset",
    "X-Accel-Expires",
    "X-Accel-Limit-Rate",
    "Location",
    "Refresh",
    "Link",
    "ETag",
    ...ofStorage,
  ];
  const fields = [
    ...hide.map((name) => `proxy_hide_header ${name};`),
    "proxy_ignore_headers X-Accel-Redirect X-Accel-Buffering X-Accel-Charset X-Accel-Expires X-Accel-Limit-Rate Set-Cookie Expires Cache-Control Vary;",
    ...ours.map((name) => `add_header ${name} ${variable(name)} always;`),
    "add_header ETag $media_etag;",
    "add_header X-Content-Type-Options nosniff always;",
    "add_header Referrer-Policy no-referrer always;",
    "proxy_hide_header X-Content-Type-Options;",
    "proxy_hide_header Referrer-Policy;",
  ];
  const upstream = [
    "proxy_http_version 1.1;",
    // Nothing that a viewer sends goes where the credentials go, such as another method's name.
    "proxy_pass_request_headers off;",
    "proxy_set_header Range $http_range;",
    "proxy_set_header If-Range $http_if_range;",
    "proxy_set_header If-None-Match $http_if_none_match;",
    "proxy_set_header If-Modified-Since $http_if_modified_since;",
    "proxy_set_header User-Agent media-protection-gateway;",
    'proxy_set_header Connection "";',
    "proxy_set_header Accept-Encoding identity;",
    "proxy_max_temp_file_size 0;",
    "proxy_pass_request_body off;",
    'proxy_set_header Content-Length "";',
    "proxy_ssl_server_name on;",
    "proxy_ssl_verify on;",
    "proxy_ssl_verify_depth 3;",
    `proxy_ssl_trusted_certificate ${certificates};`,
  ];
  const group = (name: string, server: string, seconds: number) =>
    block(`upstream ${name}`, [
      `server ${server};`,
      "keepalive 32;",
      `keepalive_timeout ${seconds}s;`,
    ]);
  const groups = [
    // Before Node closes a connection that is idle, after five seconds.
    group("media_gateway", gateway, 4),
    ...origins.map((origin, index) => group(`media_origin_${index}`, hostAndPort(origin), 50)),
  ];
  const troubles = [
    "proxy_intercept_errors on;",
    "error_page 404 410 = @media_gone;",
    "error_page 400 401 403 405 500 502 504 = @media_trouble;",
    "error_page 429 503 = @media_busy;",
  ];
  const internal = origins.map((origin, index) => {
    const { host, protocol } = new URL(origin);
    return block(`location ^~ ${prefix}/${index}/`, [
      "internal;",
      ...keep,
      `rewrite ^${prefix}/${index}(/.*)$ $1 break;`,
      `proxy_pass ${protocol}//media_origin_${index};`,
      `proxy_set_header Host ${host};`,
      `proxy_ssl_name ${new URL(origin).hostname};`,
      `include ${authorizationFile};`,
      ...upstream,
      ...fields,
      ...troubles,
      `error_page 301 302 303 307 308 = ${storageHosts.length > 0 ? "@media_storage" : "@media_trouble"};`,
    ]);
  });
  const storage =
    storageHosts.length === 0
      ? []
      : [
          block("location @media_storage", [
            // Only what is listed, over TLS, and never with credentials.
            "set $media_storage $upstream_http_location;",
            `if ($media_storage !~ "^https://(?:${storageHosts.map((host) => host.replaceAll(".", "\\.")).join("|")})/") { return 502; }`,
            `resolver ${resolver};`,
            "proxy_pass $media_storage;",
            'proxy_set_header Authorization "";',
            ...upstream,
            ...fields,
            // What a storage says of an error names its bucket.
            ...troubles,
            "error_page 301 302 303 307 308 = @media_trouble;",
          ]),
        ];
  // Node says it, in the same words. nginx keeps the challenge of a 401 that it intercepts, and drops it
  // only where access is satisfied in one of several ways.
  const said = (name: string, status: number) =>
    block(`location @${name}`, [
      "satisfy any;",
      "allow all;",
      `rewrite ^ /-said/${status} break;`,
      "proxy_pass http://media_gateway;",
      "proxy_http_version 1.1;",
      'proxy_set_header Connection "";',
      "proxy_pass_request_body off;",
      'proxy_set_header Content-Length "";',
    ]);
  const server = block("server", [
    `listen ${listen};`,
    "server_tokens off;",
    // A storage that is led to is no last word either.
    "recursive_error_pages on;",
    `access_log ${accessLog} media_gateway;`,
    // Its messages hold the request line, and so the token.
    "error_log /dev/null crit;",
    block("location /", [
      "proxy_pass http://media_gateway;",
      "proxy_http_version 1.1;",
      'proxy_set_header Connection "";',
      "proxy_set_header Host $host;",
      "proxy_set_header X-Forwarded-For $remote_addr;",
      "proxy_hide_header X-Accel-Redirect;",
      "proxy_buffering on;",
      "proxy_max_temp_file_size 0;",
    ]),
    block("location ~ ^/(?:metrics|healthz|readyz)$", ["return 404;"]),
    ...internal,
    ...storage,
    said("media_gone", 404),
    said("media_trouble", 502),
    said("media_busy", 503),
  ]);
  return `# media-protection gateway: Node decides, nginx moves the bytes.
log_format media_gateway '$remote_addr [$time_iso8601] $request_method $status $body_bytes_sent $request_time';
# A version that holds an id of the medium would tell it.
map "$uri $upstream_http_etag" $media_etag {
  "~*([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}).* .*\\1" "";
  default $upstream_http_etag;
}
${groups.join("\n")}
${server}
`;
}

/** An upstream's server has its port said: without one nginx takes 80, over TLS, too. */
function hostAndPort(origin: string): string {
  const { hostname, port, protocol } = new URL(origin);
  return `${hostname}:${port || (protocol === "https:" ? 443 : 80)}`;
}

function block(head: string, lines: readonly string[]): string {
  return `${head} {\n${lines.map((line) => line.replace(/^/gm, "  ")).join("\n")}\n}`;
}
