// Runs the atlas command as a user does, in a process of its own, or only what it does with its arguments, in this one.
import { spawn } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { commandLine } from '../../../precompute/command-line.ts';

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
  /** Another copy of the command's own file. */
  readonly program?: string;
  /** What is done, once, when this text stands on stderr; `interrupt` presses Ctrl-C. */
  readonly onceItSays?: readonly [text: string, act: (interrupt: () => void) => void];
}

export function runAtlas(args: readonly string[], options: RunOptions): Promise<Outcome> {
  const { cache, cwd = projectRoot, program = atlas, onceItSays } = options;
  return new Promise((resolveOutcome, reject) => {
    const env: NodeJS.ProcessEnv = { ...process.env, ATLAS_CACHE: cache };
    delete env['ATLAS_DEBUG'];
    // What Node compiled of a copy is of no use to any later run.
    if (program !== atlas) env['NODE_COMPILE_CACHE'] = join(dirname(program), '../compiled');
    const child = spawn(process.execPath, [program, ...args], { cwd, env });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => (stdout += String(chunk)));
    child.stderr.on('data', (chunk) => {
      const before = stderr;
      stderr += String(chunk);
      if (!onceItSays) return;
      const [text, act] = onceItSays;
      if (stderr.includes(text) && !before.includes(text)) act(() => child.kill('SIGINT'));
    });
    child.on('error', reject);
    child.on('close', (status) => resolveOutcome({ status, stdout, stderr }));
  });
}

/** What leaves the cache alone: refusals, and the commands that only read. It takes a hundredth of a process's time. */
export async function askAtlas(args: readonly string[]): Promise<Outcome> {
  const stdout = collect(process.stdout);
  const stderr = collect(process.stderr);
  const listening = signals.map((name) => process.listeners(name));
  try {
    const status = await commandLine(args);
    return { status, stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    stdout.restore();
    stderr.restore();
    // The command listens for Ctrl-C as long as its process lives, and this one is not its own.
    for (const [index, name] of signals.entries())
      for (const listener of process.listeners(name))
        if (!listening[index]!.includes(listener)) process.off(name, listener);
  }
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Keeps what is written from now on to itself. */
function collect(stream: NodeJS.WriteStream): { text(): string; restore(): void } {
  const { write } = stream;
  let text = '';
  stream.write = (chunk: string | Uint8Array) => {
    text += String(chunk);
    return true;
  };
  return {
    text: () => text,
    restore: () => void (stream.write = write),
  };
}
