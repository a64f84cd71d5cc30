// Finds a Chromium for the browser tests; on Debian as root, installs the package if there is none.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const systemPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

const installed = (): string | undefined =>
  [process.env.ATLAS_CHROMIUM, ...systemPaths, chromium.executablePath()].find(
    (path) => path && existsSync(path),
  );

function installOnDebian(): void {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return;
  process.stdout.write('No Chromium found: installing the Debian package.\n');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium'],
  ]) {
    spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env });
  }
}

/** @throws Error that says in one sentence what to install. */
export function findChromium({ install = false } = {}): string {
  const named = process.env.ATLAS_CHROMIUM;
  if (named && !existsSync(named)) {
    throw new Error(`ATLAS_CHROMIUM names '${named}', which does not exist; set it to a Chromium.`);
  }
  if (!installed() && install) installOnDebian();
  const found = installed();
  if (!found) {
    throw new Error(
      'The browser tests need a Chromium: install one (Debian: `apt install chromium`; elsewhere: ' +
        '`npx playwright-core install chromium`), or set ATLAS_CHROMIUM to its path.',
    );
  }
  return found;
}

/**
 * Lets WebAssembly run seven times as long as usual before it is compiled anew for speed, which in tests costs more than
 * it wins; the benchmark measures Chromium as readers have it.
 */
const sparingArguments = process.env.VITEST ? ['--js-flags=--wasm-tiering-budget=100000000'] : [];

/**
 * Playwright's own list (`chromiumSwitches.ts` of playwright-core 1.65), since Chromium heeds the last such argument alone,
 * and then two pages of the address bar's: loaded behind every new window, they took half a second of a core each time.
 */
const disabledFeatures = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
];

/** Keeps a headless Chromium quiet on a closed network. */
export const quietArguments = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  `--disable-features=${disabledFeatures.join(',')}`,
  ...sparingArguments,
];

/** WebGPU on a software adapter: correct, and very slow. */
export const softwareWebGpuArguments = [
  '--enable-unsafe-webgpu',
  '--enable-features=Vulkan',
  '--use-webgpu-adapter=swiftshader',
  '--ignore-gpu-blocklist',
];
