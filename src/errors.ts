/** Every fault that this project raises itself. */
export const ERROR_CODES = [
  'declaration',
  'setting',
  'people',
  'store.missing',
  'store.locked',
  'store.readOnly',
  'store.full',
  'store.newer',
  'store.older',
  'store.tenant',
  'store.broken',
  'store.fault',
  'store.refused',
  'store.unfit',
  'store.busy',
  'store.unsure',
  'store.half',
  'store.rotated',
  'copy.empty',
  'copy.foreign',
  'copy.differs',
  'copy.stopped',
  'package',
  'keys',
  'vault.away',
  'vault.refused',
  'vault.key',
  'number.unknown',
  'commit.foreign',
  'commit.contended',
  'gate.bypassed',
  'directory.away',
  'directory.busy',
  'directory.refused',
  'outbound.refused',
  'outbound.token',
  'outbound.status',
  'outbound.failed',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/**
 * A fault with a code that is stable enough to alert on. The message is for operators: it never holds answers, names or
 * other free text that people typed. What is expected is a value, not an error.
 */
export class CodedError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CodedError';
    this.code = code;
  }
}

/** The code of any error, for the log: ours, Node's (`ENOSPC`), or `unknown`. */
export function codeOf(error: unknown): string {
  if (error instanceof CodedError) return error.code;
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown';
}
