import { DiskError } from "@media-protection/sdk/node";

/** Does something on the disk; what the file system refuses is the SDK's `DiskError`. */
export async function onDisk<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const code = codeOf(error);
    if (error instanceof DiskError || code === undefined) throw error;
    throw new DiskError(path, code, { cause: error });
  }
}

/** What a promise gives; `undefined` where there is no such file. */
export async function unlessMissing<Result>(promise: Promise<Result>): Promise<Result | undefined> {
  try {
    return await promise;
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return undefined;
    throw error;
  }
}

function codeOf(error: unknown): string | undefined {
  const isSystem = error instanceof Error && "syscall" in error && "code" in error;
  return isSystem ? String(error.code) : undefined;
}
