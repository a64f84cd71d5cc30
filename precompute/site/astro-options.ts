// The options of `astro build`, as it was called.
import { CommandError } from '../command-error.ts';

/** What stands behind `astro build`. */
export function optionsOfAstro(args: readonly string[]): string[] {
  const build = args.indexOf('build');
  return build === -1 ? [...args] : args.slice(build + 1);
}

/** The folder that Astro's own option names, null where it is not given, and the other options. */
export function splitOutDir(options: readonly string[]): { outDir: string | null; rest: string[] } {
  const rest: string[] = [];
  let outDir: string | null = null;
  for (let i = 0; i < options.length; i++) {
    const [name, value] = (options[i] ?? '').split(/=(.*)/s);
    if (name !== '--outDir') rest.push(options[i] ?? '');
    else outDir = value ?? options[++i] ?? '';
    if (outDir === '') {
      throw new CommandError('--outDir names no folder: expected `--outDir FOLDER`');
    }
  }
  return { outDir, rest };
}
