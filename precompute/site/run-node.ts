// Runs one of our programs, or Astro, in a process of its own, which ends when this one does.
import { CommandError, InterruptedError } from '../command-error.ts';
import { startNode } from '../start-node.js';

/**
 * Waits for the end; the words go straight to the terminal.
 *
 * @param step what it does, for the error's sentence: 'building the site'.
 * @throws InterruptedError where the signal has stopped it, CommandError where it failed.
 */
export function runNode(
  file: string,
  args: readonly string[],
  step: string,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) return Promise.reject(new InterruptedError());
  return new Promise((resolve, reject) => {
    const child = startNode(file, args);
    // The terminal sends Ctrl-C to the child too, so that another signal would be a second one.
    const letGo = () => {
      if (child.connected) child.disconnect();
    };
    signal.addEventListener('abort', letGo);
    child.on('error', reject);
    child.on('exit', (status, end) => {
      signal.removeEventListener('abort', letGo);
      if (signal.aborted) reject(new InterruptedError());
      else if (status === 0) resolve();
      else {
        const how = end === null ? `status ${status}` : `ended by ${end}`;
        reject(new CommandError(`${step} failed (${how}): what it said stands above`));
      }
    });
  });
}
