// One JSON object per line on stdout. Tokens, keys and addresses with secrets in them never get here.

export type Level = 'info' | 'warning' | 'error';
export type Facts = Readonly<Record<string, string | number | boolean | undefined>>;
export type Log = (level: Level, message: string, facts?: Facts) => void;

export const log: Log = (level, message, facts = {}) => {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...facts })}\n`);
};

/** What an error may tell: its message where we wrote it, else only its code. */
export function reasonOf(error: unknown): string {
  if (error instanceof Error && TOLD.includes(error.name)) return error.message;
  const cause = error instanceof Error ? (error.cause as NodeJS.ErrnoException | undefined) : undefined;
  const code = (error as NodeJS.ErrnoException).code ?? cause?.code;
  return typeof code === 'string' ? code : error instanceof Error ? error.name : 'unknown';
}

const TOLD = ['InputError', 'ConfigError', 'PlatformError', 'JudgeError'];
