import { startMockServer } from "@media-protection/mock/server";
import type { TestProject } from "vitest/node";
import { contract } from "../helpers/contract/contract.js";
import type { Contract } from "../helpers/contract/contract-check.js";

/** What the pages of these tests know of the mock server outside the browser. */
export interface ProvidedMock {
  readonly origins: { readonly space: string; readonly files: string; readonly storage: string };
  readonly projectId: string;
  readonly apiToken: string;
  /** The space-origin URL of a recording. */
  readonly recordingUrl: string;
}

declare module "vitest" {
  export interface ProvidedContext {
    mock: ProvidedMock;
    /** openapi.yaml, which a page cannot read. */
    contract: Contract;
  }
}

/** Starts the mock on free ports for the browser's tests, and stops it after them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  project.provide("contract", contract);
  const server = await startMockServer({ port: 0 });
  project.provide("mock", {
    origins: server.origins,
    ...server.platform.credentials,
    recordingUrl: server.platform.addRecording({ seconds: 1 }).urls.space,
  });
  return () => server.close();
}
