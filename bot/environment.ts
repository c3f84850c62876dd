import dotenv from 'dotenv';

/** The environment of this process, with what `.env` in the working folder adds to it. The only reader of it in the bot. */
export function environment(): Readonly<Record<string, string | undefined>> {
  dotenv.config({ quiet: true });
  return process.env;
}
