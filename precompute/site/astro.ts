// Astro's own command, in a process that ends with ours and goes on where nobody reads its words: `npm start | head -1`.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { endWithReader, goOnWithoutReader } from '../output.ts';
import { projectRoot } from '../paths.ts';

endWithReader();
goOnWithoutReader();
await import(pathToFileURL(join(projectRoot, 'node_modules', 'astro', 'bin', 'astro.mjs')).href);
