/** A refusal or a fault with a stable code: what every promise of the SDK rejects with. */
export class RingmasterError extends Error {
  readonly code: string;
  /** The argument that was wrong, where there is one. */
  readonly field: string | undefined;
  /** HTTP status, for refusals of the REST API. */
  readonly status: number | undefined;
  readonly requestId: string | undefined;

  constructor(
    code: string,
    message: string,
    more: {
      field?: string | undefined;
      status?: number | undefined;
      requestId?: string | undefined;
    } = {},
  ) {
    super(message);
    this.name = 'RingmasterError';
    this.code = code;
    this.field = more.field;
    this.status = more.status;
    this.requestId = more.requestId;
  }
}

/** The stable code of whatever was thrown; `Fault` for what is not a refusal. */
export function codeOf(thrown: unknown): string {
  return thrown instanceof RingmasterError ? thrown.code : 'Fault';
}
