import { createClient } from "@media-protection/sdk";
import { describe, expect, test } from "vitest";

const projectId = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a";
const off = { protect_recordings: false, protect_message_media: false, protect_fax_media: false };

function clientThatGets(answer: (url: string) => Response) {
  const fetch = async (url: string) => answer(url);
  return createClient({ space: "example", projectId, apiToken: "PT-synthetic", fetch });
}

describe("protection", () => {
  test("that the platform says it set, but did not, is an UnexpectedAnswerError", async () => {
    const client = clientThatGets(() => Response.json(off));
    await expect(client.protection.enable("all")).rejects.toMatchObject({
      name: "UnexpectedAnswerError",
    });
    expect(await client.protection.disable("all")).toEqual({
      recordings: false,
      messageMedia: false,
      faxMedia: false,
    });
  });

  test.each([{}, [], 5, "x", { ...off, protect_fax_media: "false" }])(
    "is never read from an answer without it: %j",
    async (body) => {
      const client = clientThatGets(() => Response.json(body));
      await expect(client.protection.get()).rejects.toMatchObject({
        name: "UnexpectedAnswerError",
      });
    },
  );
});

describe("projects", () => {
  test("are deleted though the 204 claims to be JSON", async () => {
    const headers = { "content-type": "application/json" };
    const client = clientThatGets(() => new Response(null, { status: 204, headers }));
    await expect(client.projects.delete(projectId)).resolves.toBeUndefined();
  });

  test("whose pages go round in a circle end with an UnexpectedAnswerError", async () => {
    const next = "https://example.signalwire.com/api/projects?page_number=1&page_token=t";
    const links = { self: next, first: next, next };
    const client = clientThatGets(() => Response.json({ links, data: [] }));
    const read = async () => {
      for await (const _ of client.projects.list()) expect.fail("there is no project");
    };
    await expect(read()).rejects.toMatchObject({ name: "UnexpectedAnswerError" });
  });

  test("are paged by the cursor of the link alone: its host gets no request", async () => {
    const asked: string[] = [];
    const client = clientThatGets((url) => {
      asked.push(url);
      const next = "https://evil.example/steal?page_number=1&page_token=t";
      return Response.json({
        links: { self: "", first: "", ...(asked.length === 1 && { next }) },
        data: [],
      });
    });
    for await (const _ of client.projects.list()) expect.fail("there is no project");
    expect(asked).toEqual([
      "https://example.signalwire.com/api/projects",
      "https://example.signalwire.com/api/projects?page_number=1&page_token=t",
    ]);
  });
});

test.each([
  { message: { toString: 1, valueOf: 1 } },
  { errors: [{ code: { toString: 1 }, message: ["x"] }, null, 5] },
  { error: { nested: true } },
])("an odd error body still makes a typed error: %j", async (body) => {
  const client = clientThatGets(() => Response.json(body, { status: 422 }));
  await expect(client.projects.get()).rejects.toMatchObject({
    name: "ValidationError",
    status: 422,
  });
});
