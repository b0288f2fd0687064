import type { Fault } from "@media-protection/mock";
import { type Scene, setScene } from "../scene.js";

export const size = 16_044; // half a second of WAV, more or less

export function recordingIn(scene: Scene) {
  const { recording, urls } = scene.platform.addRecording({ size });
  return { recording, urls, whole: recording.files.wav.bytes() };
}

/** A scene with one recording and one fault. */
export function withFault(fault: Fault, scene = setScene()) {
  const added = recordingIn(scene);
  scene.platform.faults.add(fault);
  return { ...scene, ...added };
}

export async function bytesOf(response: Response): Promise<Uint8Array> {
  return new Uint8Array(await response.arrayBuffer());
}

/** What arrives before a body fails, and how it fails. */
export async function drain(response: Response): Promise<{ received: number; error: unknown }> {
  let received = 0;
  try {
    for await (const chunk of response.body ?? []) received += chunk.length;
    return { received, error: undefined };
  } catch (error) {
    return { received, error };
  }
}
