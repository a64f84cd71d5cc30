// The one inline script of every page, bundled: its text stands in the page, and its hash in the page's policy.
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

export async function bundledBootScript(): Promise<string> {
  const input = fileURLToPath(new URL('../layouts/boot.ts', import.meta.url));
  const { output } = await build({
    input,
    write: false,
    logLevel: 'warn',
    output: { format: 'iife', minify: true },
  });
  return output[0].code.trim();
}
