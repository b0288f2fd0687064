/** A port that somebody else listens on. */
export class PortInUseError extends Error {
  override readonly name = "PortInUseError";
  readonly port: number;
  readonly host: string;

  constructor(host: string, port: number, options?: ErrorOptions) {
    super(`Port ${port} on ${host} is in use. Choose another port.`, options);
    this.port = port;
    this.host = host;
  }
}
