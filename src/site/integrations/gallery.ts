// While developing, the site has a page /gallery with every figure, drawn from the kept data; what is built has none.
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { normalize } from 'node:path';
import type { AstroIntegration } from 'astro';
import { keptDataFolder } from '../gallery/kept-data.ts';

export function gallery(base: string): AstroIntegration {
  return {
    name: 'gallery',
    hooks: {
      'astro:config:setup': ({ command, injectRoute }) => {
        if (command !== 'dev') return;
        const page = (pattern: string, file: string) =>
          injectRoute({ pattern, entrypoint: `./src/pages/_gallery/${file}` });
        page('/gallery', 'gallery.astro');
        page('/gallery/places/[...name]', 'place.astro');
      },
      'astro:server:setup': ({ server }) => {
        server.middlewares.use((request, response, next) => {
          void serveKept(base, request, response).then((isServed) => {
            if (!isServed) next();
          });
        });
      },
    },
  };
}

/** Figures ask for `data/` as on every page: in the gallery, the kept files answer. */
async function serveKept(
  base: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const path = pathOf(request.url, base);
  const page = pathOf(request.headers.referer, base);
  if (!path?.startsWith('data/') || !/^gallery\/?$/.test(page ?? '')) return false;
  const file = normalize(path.slice('data/'.length));
  const bytes = file.startsWith('..')
    ? null
    : await readFile(`${keptDataFolder}/${file}`).catch(() => null);
  response.statusCode = bytes ? 200 : 404;
  // The same address has other bytes on every other page.
  response.setHeader('Cache-Control', 'no-store');
  response.end(bytes ?? `The kept data have no ${file}: \`npm run pictures\` keeps them.`);
  return true;
}

/** The path below the base, or null where there is none. */
function pathOf(address: string | undefined, base: string): string | null {
  if (address === undefined) return null;
  const { pathname } = new URL(address, 'http://localhost');
  return pathname.startsWith(base) ? decodeURIComponent(pathname.slice(base.length)) : null;
}
