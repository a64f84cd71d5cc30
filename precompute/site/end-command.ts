// How the site's commands end: quietly, in one sentence, or with a stack trace for those who ask for it.
import { InterruptedError, oneSentence } from '../command-error.ts';

/** Runs a command to its end and sets the exit status: 0, 1 for an error, 130 for an interruption. */
export async function endCommand(name: string, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    process.stderr.write(`${name}: ${oneSentence(error)}\n`);
    if (process.env['ATLAS_DEBUG']) process.stderr.write(`${(error as Error).stack}\n`);
    process.exitCode = error instanceof InterruptedError ? 130 : 1;
  }
}

export const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
