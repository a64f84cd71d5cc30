// Starts the gallery's server in a process of its own: within Vitest, Astro's server answers no request.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface GalleryServer {
  readonly url: string;
  close(): void;
}

export async function serveGallery(): Promise<GalleryServer> {
  const { VITEST: _, NODE_ENV: __, ...env } = process.env;
  const child = spawn(process.execPath, ['tests/browser/pictures/gallery-process.ts'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('http')) return { url: line, close: () => void child.kill() };
  }
  throw new Error('The gallery could not be served: what stands above says why.');
}
