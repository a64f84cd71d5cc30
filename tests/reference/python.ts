// A Python with PyTorch, where this machine has one.
import { execFileSync, spawnSync } from 'node:child_process';

const candidates = [process.env['ATLAS_PYTHON'], 'python3', '/usr/bin/python3', 'python'];

/** The first Python that can import these modules, or null. */
export function pythonWith(...modules: readonly string[]): string | null {
  const code = `import ${modules.join(', ')}`;
  const found = candidates.find(
    (command) => command && spawnSync(command, ['-c', code], { stdio: 'ignore' }).status === 0,
  );
  return found ?? null;
}

export interface PythonOutcome {
  readonly status: number | null;
  readonly output: string;
}

export function runPython(
  python: string,
  args: readonly string[],
  cwd: string,
  input?: string,
): PythonOutcome {
  const { status, stdout, stderr } = spawnSync(python, [...args], {
    cwd,
    env: scriptEnvironment(),
    encoding: 'utf8',
    ...(input === undefined ? {} : { input }),
  });
  return { status, output: `${stdout}${stderr}` };
}

/** No screen: matplotlib draws into files. */
export const scriptEnvironment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  MPLBACKEND: 'Agg',
  PYTHONWARNINGS: 'error::SyntaxWarning',
});

export const versionOf = (python: string, module: string): string =>
  execFileSync(python, ['-c', `import ${module}; print(${module}.__version__)`], {
    encoding: 'utf8',
  }).trim();
