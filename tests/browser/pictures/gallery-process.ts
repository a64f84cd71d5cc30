// Serves the gallery as `npm run dev` does, without one computed file: all that it draws is in the repository. Says where, in a line.
import { mkdirSync, rmSync } from 'node:fs';
import { dev } from 'astro';

const publicDir = 'tests/.output/no-data';
rmSync(publicDir, { recursive: true, force: true });
mkdirSync(publicDir, { recursive: true });
const server = await dev({
  root: '.',
  publicDir,
  logLevel: 'error',
  server: { port: 0, host: '127.0.0.1' },
  vite: {
    // Beside that of a server that one works with.
    cacheDir: 'tests/.output/vite',
    // No file changes while the pictures are taken.
    server: { watch: null, hmr: false },
  },
});
process.stdout.write(`http://127.0.0.1:${server.address.port}/gallery\n`);
