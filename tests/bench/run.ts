// `npm run bench`: the engine, the article and the laboratory, measured, printed and written to RESULTS.md; `npm run bench article` measures one of them.
import { mkdirSync } from 'node:fs';

const parts: Readonly<Record<string, () => Promise<unknown>>> = {
  engine: () => import('./engine-report.ts'),
  article: () => import('./article-report.ts'),
  laboratory: () => import('./laboratory-report.ts'),
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  process.stderr.write(
    `The benchmark has no part '${unknown.join("', '")}': give ${Object.keys(parts).join(' or ')}, or nothing for all.\n`,
  );
  process.exit(1);
}
mkdirSync('tests/.output', { recursive: true });
for (const [name, measure] of Object.entries(parts)) {
  if (asked.length === 0 || asked.includes(name)) await measure();
}
