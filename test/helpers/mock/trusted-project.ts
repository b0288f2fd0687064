import type { MediaTrust } from "../../../packages/sdk/dist/trust/trust-decision.js";

/** A project whose media is trusted, another whose media is not, and where their media is. */
export const project = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a";
export const other = "00000000-1111-4222-8333-444444444444";
export const id = "0b7e0c1a-93a4-4a54-8a6e-6a1f3c2d4e5f";
export const parent = "7d1c2b3a-1111-4aaa-8bbb-cccccccccccc";
export const spaceId = "e5b0f6d2-2222-4ccc-9ddd-eeeeeeeeeeee";
export const space = "https://example.signalwire.com";
export const files = "https://files.signalwire.com";
export const account = `/api/laml/2010-04-01/Accounts/${project}`;
export const recording = `${account}/Recordings/${id}`;

export const trust: MediaTrust = { spaceOrigin: space, mediaOrigins: [files], projectId: project };
