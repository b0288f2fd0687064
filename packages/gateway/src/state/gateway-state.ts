/** What can be taken back: exactly one of these. */
export type Revocation =
  | { readonly link: string }
  | { readonly medium: string }
  | { readonly audience: string }
  | { readonly sealedBefore: Date };

/** Of a link, what its taking back is looked up by. */
export interface RevocableLink {
  readonly id: string;
  readonly medium: string;
  readonly audience: string | undefined;
  /** Unix time in seconds. */
  readonly issuedAt: number;
}

/**
 * What replicas have to agree on. `redisState` of `@media-protection/gateway/node` shares it;
 * `memoryState` is one process's own.
 */
export interface GatewayState {
  /** Whether a link was taken back. @throws whatever there is, when the state cannot be asked */
  isRevoked(link: RevocableLink): Promise<boolean>;
  /** Takes back. Links sealed later for the same medium or audience are taken back too. */
  revoke(what: Revocation): Promise<void>;
  /** Takes a name that can be taken once. @returns whether it was free */
  takeOnce(name: string, seconds: number): Promise<boolean>;
  /** Counts a try. @returns how many there were in this window, this one included */
  count(name: string, seconds: number): Promise<number>;
  /** Whether it can be asked. */
  isReady(): Promise<boolean>;
}

/** The names under which a link's taking back is kept. */
export function revocationNames({ id, medium, audience }: RevocableLink): string[] {
  return [
    `link:${id}`,
    `medium:${medium}`,
    ...(audience === undefined ? [] : [`audience:${audience}`]),
  ];
}

/** The name of one taking back; `undefined` for a moment. */
export function revocationName(what: Revocation): string | undefined {
  if ("link" in what) return `link:${what.link}`;
  if ("medium" in what) return `medium:${what.medium}`;
  if ("audience" in what) return `audience:${what.audience}`;
  return undefined;
}
