// A program that the test command starts: shown as it goes on, or, beside others, at its end.
import { spawn, type ChildProcess } from 'node:child_process';

export interface Step {
  readonly title: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

export interface Ended {
  readonly title: string;
  readonly ok: boolean;
  readonly seconds: number;
}

/** The whole takes some twelve minutes: a step that takes longer hangs, and would never say so. */
const longestMinutes = 20;

const running = new Set<ChildProcess>();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    for (const child of running) child.kill(signal);
    process.exit(130);
  });
}

/** @param beside others: what it says is written when it has ended, in one piece. */
export async function runStep(step: Step, { beside = false } = {}): Promise<Ended> {
  const { title, command, args, env = {} } = step;
  if (!beside) process.stdout.write(`\n> ${title}\n`);
  const started = performance.now();
  const child = spawn(command, args, {
    stdio: ['inherit', beside ? 'pipe' : 'inherit', beside ? 'pipe' : 'inherit'],
    shell: process.platform === 'win32',
    env: { ...process.env, ...env },
    timeout: longestMinutes * 60_000,
  });
  running.add(child);
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => said.push(chunk));
  const ok = await new Promise<boolean>((resolve) => {
    child.on('error', ({ message }) => {
      said.push(Buffer.from(`${message}\n`));
      resolve(false);
    });
    child.on('close', (status, signal) => {
      if (signal) said.push(Buffer.from(`${title}: ended by ${signal}\n`));
      resolve(status === 0);
    });
  });
  running.delete(child);
  const seconds = (performance.now() - started) / 1000;
  const words = `${beside ? `\n> ${title}\n` : ''}${Buffer.concat(said).toString()}`;
  process.stdout.write(`${words}  ${ok ? 'ok' : 'FAILED'}, ${seconds.toFixed(1)} s\n`);
  return { title, ok, seconds };
}
