// `npm run setup:cuda`: fetches ONNX Runtime's CUDA libraries by its own script, and says what the machine still lacks.
import { execFile, spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createNodeExecutor } from '../src/engine/runtime/node.ts';
import { oneSentence } from './command-error.ts';
import { projectRoot } from './paths.ts';

const runtimeFolder = join(projectRoot, 'node_modules', 'onnxruntime-node');
const platform = `${process.platform}/${process.arch}`;
/** ONNX Runtime publishes the CUDA provider for Node on Linux alone. */
const supportedPlatforms = ['linux/x64'];
const providerLibraries = [
  'libonnxruntime_providers_cuda.so',
  'libonnxruntime_providers_shared.so',
];
/** What the provider library loads, by the packages that bring it. */
const systemLibraries = {
  'libcudart.so.12': 'CUDA 12 runtime',
  'libcublasLt.so.12': 'CUDA 12 cuBLAS',
  'libcufft.so.11': 'CUDA 12 cuFFT',
  'libcudnn.so.9': 'cuDNN 9',
} as const;

/** Whether something is there, or in a sentence what is missing. */
type Check = { readonly what: string; readonly missing: string | null };

async function setUp(): Promise<number> {
  if (!supportedPlatforms.includes(platform)) {
    return fail(
      `ONNX Runtime has no CUDA libraries for Node on ${platform}: it has them for ${supportedPlatforms.join(', ')}; use --provider webgpu or cpu here`,
    );
  }
  const driver = await checkDriver();
  if (driver.missing) return fail(driver.missing);
  say(`ok  ${driver.what}`);

  if (!(await librariesPresent())) {
    const status = await download();
    if (status !== 0 || !(await librariesPresent())) {
      return fail(
        'the CUDA libraries could not be fetched: ONNX Runtime downloads them from api.nuget.org, which must be in reach (HTTPS_PROXY is honoured)',
      );
    }
  }
  say(`ok  ${providerLibraries.join(', ')}`);

  const missing = (await checkSystemLibraries()).filter((check) => check.missing);
  if (missing.length > 0) {
    return fail(
      `${missing.map(({ what }) => what).join(', ')} not found by the dynamic linker: install them, or name their folder in LD_LIBRARY_PATH, and run npm run setup:cuda again`,
    );
  }
  try {
    const executor = await createNodeExecutor({ provider: 'cuda' });
    executor.dispose();
  } catch (error) {
    return fail(oneSentence(error));
  }
  say('CUDA is ready: atlas run takes it by itself (atlas providers shows all)');
  return 0;
}

async function checkDriver(): Promise<Check> {
  const query = ['--query-gpu=name,driver_version', '--format=csv,noheader'];
  try {
    const { stdout } = await promisify(execFile)('nvidia-smi', query);
    return { what: `driver: ${stdout.trim().split('\n').join('; ')}`, missing: null };
  } catch {
    return {
      what: 'driver',
      missing:
        'no NVIDIA driver answers (nvidia-smi cannot be run): install a driver of version 525 or newer for an NVIDIA GPU, then run npm run setup:cuda again',
    };
  }
}

async function librariesPresent(): Promise<boolean> {
  const bin = join(runtimeFolder, 'bin');
  const files = await readdir(bin, { recursive: true }).catch(() => []);
  return providerLibraries.every((library) =>
    files.some((file) => file.endsWith(join(process.platform, process.arch, library))),
  );
}

/** Runs ONNX Runtime's install script (npm rebuild would download nothing); gives its exit status. */
function download(): Promise<number> {
  say('fetching the CUDA 12 libraries of ONNX Runtime (several hundred MB)');
  return new Promise((resolve) => {
    const script = join(runtimeFolder, 'script', 'install.js');
    const child = spawn(process.execPath, [script], {
      cwd: runtimeFolder,
      env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'cuda12' },
      // Its stack traces tell a newcomer nothing; ATLAS_DEBUG shows them.
      stdio: ['ignore', 'inherit', process.env['ATLAS_DEBUG'] ? 'inherit' : 'ignore'],
    });
    child.on('error', () => resolve(1));
    child.on('exit', (status) => resolve(status ?? 1));
  });
}

async function checkSystemLibraries(): Promise<Check[]> {
  const cached = await promisify(execFile)('ldconfig', ['-p']).then(
    ({ stdout }) => stdout,
    () => '',
  );
  const folders = (process.env['LD_LIBRARY_PATH'] ?? '').split(':').filter(Boolean);
  const listed = await Promise.all(folders.map((folder) => readdir(folder).catch(() => [])));
  const names = new Set(listed.flat());
  return Object.entries(systemLibraries).map(([library, what]) => ({
    what: `${library} (${what})`,
    missing: cached.includes(library) || names.has(library) ? null : library,
  }));
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function fail(sentence: string): number {
  process.stderr.write(`setup:cuda: ${sentence}\n`);
  return 1;
}

process.exitCode = await setUp();
