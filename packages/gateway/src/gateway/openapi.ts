const errorAnswer = (description: string) => ({
  description,
  content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
});

const errors = {
  "403": errorAnswer("The bearer token is missing or wrong."),
  "422": errorAnswer("The source is no medium of this project, or an option is malformed."),
  "503": errorAnswer("The shared state cannot be asked."),
};

/** The routes for an app, described: OpenAPI 3.1. */
export const description = {
  openapi: "3.1.0",
  info: { title: "Media gateway", version: "0.1.0" },
  components: {
    securitySchemes: { admin: { type: "http", scheme: "bearer" } },
    schemas: {
      Error: { type: "object", required: ["error"], properties: { error: { type: "string" } } },
    },
  },
  security: [{ admin: [] }],
  paths: {
    "/links": {
      post: {
        operationId: "mintLink",
        summary: "Makes a link to a medium.",
        requestBody: {
          required: true,
          content: {
            "application/json": {
              schema: {
                type: "object",
                required: ["source"],
                additionalProperties: false,
                properties: {
                  source: { type: "string", description: "The medium's URL on the platform." },
                  ttl: { type: "integer", minimum: 1, description: "Seconds." },
                  duration: {
                    type: "number",
                    minimum: 0,
                    description: "Of the recording, seconds.",
                  },
                  disposition: { enum: ["inline", "attachment"] },
                  audience: { type: "string", minLength: 1, maxLength: 32 },
                  share: { type: "boolean" },
                  revocable: { type: "boolean" },
                  once: { type: "boolean" },
                  passcode: { type: "string", minLength: 4, maxLength: 128 },
                },
              },
            },
          },
        },
        responses: {
          "201": {
            description: "The link.",
            content: {
              "application/json": {
                schema: {
                  type: "object",
                  required: ["url", "id", "expiresAt"],
                  properties: {
                    url: { type: "string", format: "uri" },
                    id: { type: "string" },
                    expiresAt: { type: "string", format: "date-time" },
                  },
                },
              },
            },
          },
          ...errors,
        },
      },
    },
    "/links/{id}/revoke": {
      post: {
        operationId: "revokeLink",
        summary: "Takes one link back.",
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
        responses: { "200": { description: "It is taken back." }, ...errors },
      },
    },
    "/revocations": {
      post: {
        operationId: "revoke",
        summary: "Takes back the links of a medium, of an audience, or sealed before a moment.",
        requestBody: {
          required: true,
          content: {
            "application/json": {
              schema: {
                type: "object",
                minProperties: 1,
                maxProperties: 1,
                properties: {
                  medium: { type: "string", format: "uri" },
                  audience: { type: "string" },
                  sealedBefore: { type: "string", format: "date-time" },
                },
              },
            },
          },
        },
        responses: { "200": { description: "They are taken back." }, ...errors },
      },
    },
  },
} as const;
