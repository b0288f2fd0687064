import { expect, test } from "vitest";
import { integer, jsonBoolean, jsonText, text } from "../../../mock/dist/http/readers.js";
import type { Router } from "../../../mock/dist/http/router.js";
import type { Exactly } from "../../../mock/dist/rules/operations.js";

// A handler that leaves the contract does not compile. Each @ts-expect-error below is such a mistake,
// and the comment itself is an error where the line under it compiles after all. Nothing here runs.

const management = { scope: "management" } as const;
const calling = { scope: "calling" } as const;
const project = {
  id: "",
  name: "",
  parent_project_id: null,
  subproject: false,
  region_preference: "",
  protect_recordings: false,
  protect_message_media: false,
  protect_fax_media: false,
  force_https_requests: false,
  created_at: "",
  updated_at: "",
};
const one = "/api/projects/{id}";
const listQuery = { name: text, page_size: integer(1), page_number: integer(0), page_token: text };

/** A handler that fits everywhere, so that only the rest of a route can be wrong. */
const unwritten = (): never => {
  throw new Error("This is never called.");
};

/** What is inside the contract compiles. */
export function inside(router: Router): void {
  router.metadata("get", one, management, (exchange) => {
    const id: string = exchange.params.id;
    return id === "" ? exchange.json(404, { error: "Not Found" }) : exchange.json(200, project);
  });
  router.metadata("delete", one, management, (exchange) => exchange.empty(204));
  router.metadata("get", "/api/projects", { ...management, query: listQuery }, (exchange) => {
    const size: number | undefined = exchange.query.page_size;
    const self = String(size);
    return exchange.json(200, { links: { self, first: self }, data: [project] });
  });
}

/** Statuses. */
export function statuses(router: Router): void {
  router.metadata("get", one, management, (exchange) => {
    // @ts-expect-error 418 is no status of this operation
    return exchange.json(418, { error: "Not Found" });
  });
  router.metadata("get", one, management, (exchange) => {
    // @ts-expect-error 422 is a status of other operations only
    return exchange.json(422, { errors: [] });
  });
  router.metadata("delete", one, management, (exchange) => {
    // @ts-expect-error 204 has no body
    return exchange.json(204, {});
  });
  router.metadata("get", one, management, (exchange) => {
    // @ts-expect-error 200 has a body
    return exchange.empty(200);
  });
}

/** Bodies. */
export function bodies(router: Router): void {
  router.metadata("get", one, management, (exchange) => {
    // @ts-expect-error a field too many
    return exchange.json(200, { ...project, signing_key: "" });
  });
  router.metadata("get", one, management, (exchange) => {
    const withSecret = { ...project, signing_key: "" };
    // @ts-expect-error a field too many, where TypeScript itself would not look
    return exchange.json(200, withSecret);
  });
  router.metadata("get", one, management, (exchange) => {
    const { name, ...nameless } = project;
    // @ts-expect-error a field too few
    return exchange.json(200, nameless);
  });
  router.metadata("get", one, management, (exchange) => {
    // @ts-expect-error a field of another type
    return exchange.json(200, { ...project, protect_recordings: "yes" });
  });
  router.metadata("get", one, management, (exchange) => {
    // @ts-expect-error a text that is none of those documented
    return exchange.json(404, { error: "Gone" });
  });
  router.metadata("get", one, management, (exchange) => {
    // @ts-expect-error the body of another status
    return exchange.json(404, { error: "Unauthorized" });
  });
  router.metadata("get", "/api/projects", { ...management, query: listQuery }, (exchange) => {
    const withSecret = { ...project, signing_key: "" };
    // @ts-expect-error a field too many in an item of a list
    return exchange.json(200, { links: { self: "", first: "" }, data: [withSecret] });
  });
  router.metadata("get", "/api/projects", { ...management, query: listQuery }, (exchange) => {
    const links = { self: "", first: "", last: "" };
    // @ts-expect-error a field too many inside an object
    return exchange.json(200, { links, data: [project] });
  });
}

/** Replies that an exchange did not make. */
export function replies(router: Router): void {
  // @ts-expect-error a response from elsewhere
  router.metadata("get", one, management, () => Response.json(project));
  // @ts-expect-error no reply at all
  router.metadata("get", one, management, () => undefined);
  router.metadata("delete", one, management, (exchange) => {
    // @ts-expect-error the reply of another operation
    router.metadata("get", one, management, () => exchange.empty(204));
    return exchange.empty(204);
  });
}

/** Paths, methods and parameters. */
export function parameters(router: Router): void {
  // @ts-expect-error no path of the contract
  router.metadata("get", "/api/project/{id}", management, unwritten);
  // @ts-expect-error no method of the path
  router.metadata("post", one, management, unwritten);
  // @ts-expect-error no bytes at this path
  router.bytes(one, unwritten);
  router.metadata("get", one, management, (exchange) => {
    // @ts-expect-error the parameter is called id
    exchange.params.Sid;
    // @ts-expect-error this operation has no query
    exchange.query.name;
    // @ts-expect-error nor a body
    exchange.body.name;
    return exchange.json(200, project);
  });
  router.bytes("/api/laml/2010-04-01/Accounts/{AccountSid}/Recordings/{Sid}.wav", (exchange) => {
    // @ts-expect-error bytes are answered by the rule, or not at all
    exchange.empty(304);
    return exchange.media({
      kind: "recording",
      project: undefined,
      media: undefined,
      file: undefined,
    });
  });
}

/** What is read from requests. */
export function readers(router: Router): void {
  // @ts-expect-error the operation has a query, and nothing reads it
  router.metadata("get", "/api/projects", management, unwritten);
  router.metadata(
    "get",
    "/api/projects",
    // @ts-expect-error page_size is a number
    { ...management, query: { ...listQuery, page_size: text } },
    unwritten,
  );
  const { page_token, ...incomplete } = listQuery;
  router.metadata(
    "get",
    "/api/projects",
    // @ts-expect-error page_token is not read
    { ...management, query: incomplete },
    unwritten,
  );
  // @ts-expect-error the operation has no query
  router.metadata("get", one, { ...management, query: listQuery }, unwritten);
  // @ts-expect-error the operation has a body, and nothing reads it
  router.metadata("patch", one, management, unwritten);
  const flag = { read: jsonBoolean };
  const fields = {
    name: { read: jsonText(1) },
    protect_recordings: flag,
    protect_message_media: flag,
    protect_fax_media: flag,
    force_https_requests: flag,
  };
  router.metadata("patch", one, { ...management, body: fields }, (exchange) => {
    // @ts-expect-error no field of the request
    exchange.body.signing_key;
    return exchange.json(200, project);
  });
  router.metadata(
    "post",
    "/api/projects",
    // @ts-expect-error name is required
    { ...management, body: fields },
    unwritten,
  );
  router.metadata(
    "patch",
    one,
    // @ts-expect-error a switch is no text
    { ...management, body: { ...fields, protect_recordings: { read: jsonText(1) } } },
    unwritten,
  );
  // @ts-expect-error no scope of the platform
  router.metadata("get", one, { scope: "projects" }, unwritten);
}

/** Unions: a recording is one of four, and each must be whole. */
export function unions(router: Router): void {
  const fields = {
    id: "",
    project_id: "",
    created_at: "",
    updated_at: "",
    duration_in_seconds: 0,
    price: 0,
    price_unit: "",
    status: "",
    url: "",
    stereo: false,
    track: "",
  };
  router.metadata("get", "/api/relay/rest/recordings/{id}", calling, (exchange) =>
    exchange.json(200, { ...fields, relay_sip_leg_id: "" }),
  );
  router.metadata("get", "/api/relay/rest/recordings/{id}", calling, (exchange) => {
    // @ts-expect-error none of the four
    return exchange.json(200, fields);
  });
  router.metadata("get", "/api/relay/rest/recordings/{id}", calling, (exchange) => {
    const two = { ...fields, relay_sip_leg_id: "", relay_pstn_leg_id: "" };
    // @ts-expect-error two of them at once
    return exchange.json(200, two);
  });
}

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
const holds = <Claim extends true>(): Claim | undefined => undefined;

/** Exactness itself. */
export function exactness(): void {
  holds<Same<Exactly<{ a: string }, { a: string }>, unknown>>();
  holds<Same<Exactly<{ a?: string }, object>, unknown>>();
  holds<Same<Exactly<{ a: string[] }, { a: [] }>, unknown>>();
  holds<Same<Exactly<{ a: string | null }, { a: null }>, unknown>>();
  // @ts-expect-error a field too many
  holds<Same<Exactly<{ a: string }, { a: string; b: string }>, unknown>>();
  // @ts-expect-error a field too many in one member of a union
  holds<Same<Exactly<{ a: string }, { a: string } | { a: string; b: string }>, unknown>>();
  // @ts-expect-error a field too many, three levels down
  holds<Same<Exactly<{ a: { b: { c: 1 }[] } }, { a: { b: { c: 1; d: 1 }[] } }>, unknown>>();
}

test("the mistakes above are found by the compiler, not here", () => {
  expect([inside, statuses, bodies, replies, parameters, readers, unions, exactness]).toHaveLength(
    8,
  );
});
