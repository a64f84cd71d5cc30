// Runs the atlas command as a user does: a process of its own, its output and exit status.
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

export { temporaryFolder } from '../../fixtures/temporary-folder.ts';

export const projectRoot = resolve(import.meta.dirname, '../../..');
const atlas = join(projectRoot, 'precompute', 'atlas.ts');

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Finished stages are kept here; a folder of the test's own. */
  readonly cache: string;
  readonly cwd?: string;
  /** Sees what was written to stderr so far; may stop the process. */
  readonly onError?: (text: string, stop: (signal: NodeJS.Signals) => void) => void;
}

export function runAtlas(args: readonly string[], options: RunOptions): Promise<Outcome> {
  const { cache, cwd = projectRoot, onError } = options;
  return new Promise((resolveOutcome, reject) => {
    const env = { ...process.env, ATLAS_CACHE: cache, NO_COLOR: '1', FORCE_COLOR: undefined };
    delete (env as NodeJS.ProcessEnv)['ATLAS_DEBUG'];
    const child = spawn(process.execPath, [atlas, ...args], { cwd, env });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => (stdout += String(chunk)));
    child.stderr.on('data', (chunk) => {
      stderr += String(chunk);
      onError?.(stderr, (signal) => child.kill(signal));
    });
    child.on('error', reject);
    child.on('close', (status) => resolveOutcome({ status, stdout, stderr }));
  });
}
