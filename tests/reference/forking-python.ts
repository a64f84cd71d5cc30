// A Python that imports its large modules once and runs each script in a fork of itself, since the imports take most of a process's time.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { runPython, scriptEnvironment, type PythonOutcome } from './python.ts';

export interface Script {
  /** Null for code as it comes from standard input. */
  readonly file: string | null;
  readonly code?: string;
  readonly cwd: string;
}

export interface ForkingPython {
  run(script: Script): Promise<PythonOutcome>;
  close(): void;
}

export function startForkingPython(python: string, modules: readonly string[]): ForkingPython {
  // Windows has no fork.
  if (process.platform === 'win32') return { run: (script) => afresh(python, script), close() {} };
  const server = join(import.meta.dirname, 'forking-python.py');
  const child = spawn(python, [server, modules.join(',')], {
    env: scriptEnvironment(),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async run(script) {
      child.stdin.write(`${JSON.stringify(script)}\n`);
      const { value, done } = await answers.next();
      if (done) throw new Error(`${python} ended before it had run ${script.file ?? 'the code'}.`);
      return JSON.parse(value) as PythonOutcome;
    },
    close: () => child.stdin.end(),
  };
}

const afresh = async (python: string, { file, code, cwd }: Script): Promise<PythonOutcome> =>
  runPython(python, [file ?? '-'], cwd, code);
