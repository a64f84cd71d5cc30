// What one source file imports when it runs: other files of the project, and packages.
import { dirname, extname, resolve } from 'node:path';
import { isBuiltin } from 'node:module';
import { parseSync } from 'rolldown/utils';
import { CommandError } from './command-error.ts';

export interface ModuleImports {
  /** Absolute paths. */
  readonly files: readonly string[];
  /** Names of packages, such as '@keckelt/tsne'; Node's own modules are not among them. */
  readonly packages: readonly string[];
}

const none: ModuleImports = { files: [], packages: [] };
const hasImports = new Set(['.ts', '.mts', '.js', '.mjs']);

/**
 * What `source` imports, re-exports, imports later by a name that is written out, or starts as a worker by
 * `new URL('./file.ts', import.meta.url)`; imports of types alone are left out. Data such as JSON imports nothing.
 *
 * @param path absolute, of the file that holds `source`
 * @param where the file in messages
 * @throws CommandError where the source cannot be parsed, or a name is computed.
 */
export function moduleImports(path: string, source: string, where: string): ModuleImports {
  if (!hasImports.has(extname(path))) return none;
  const files = new Set<string>();
  const packages = new Set<string>();
  for (const name of importedNames(path, source, where)) {
    const plain = withoutQuery(name);
    if (isBuiltin(plain)) continue;
    if (plain.startsWith('.')) files.add(resolve(dirname(path), plain));
    else packages.add(packageName(plain, where));
  }
  return { files: [...files].sort(), packages: [...packages].sort() };
}

/** What Vite reads after a name: 'table.csv' of 'table.csv?url'. */
const withoutQuery = (name: string): string => name.replace(/\?.*$/, '');

function importedNames(path: string, source: string, where: string): string[] {
  const { module, errors } = parseSync(path, source);
  const [error] = errors;
  if (error) {
    throw new CommandError(
      `the imports of ${where} cannot be read, since it is not valid TypeScript: ${error.message}`,
    );
  }
  const textOf = ({ start, end }: { start: number; end: number }) => source.slice(start, end);
  const imported = module.staticImports
    .filter((statement) => !isOfTypes(textOf(statement)))
    .map(({ moduleRequest }) => moduleRequest.value);
  const exported = module.staticExports
    .filter((statement) => !isOfTypes(textOf(statement)))
    .flatMap(({ entries }) => entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []));
  const later = module.dynamicImports.map(({ moduleRequest }) =>
    literalName(textOf(moduleRequest), where),
  );
  const beside = module.importMetas.flatMap(({ start }) => urlBefore(source.slice(0, start)));
  return [...imported, ...exported, ...later, ...beside];
}

/** `import type`, but not a default import that is called `type`. */
const isOfTypes = (statement: string): boolean =>
  /^(import|export)\s+type\b(?!\s*(,|from\s*['"]))/.test(statement);

/** The name in quotes, or in backquotes that nothing is put into. */
function literalName(argument: string, where: string): string {
  const [, name] = /^\s*['"`]([^'"`\\$]+)['"`]\s*$/.exec(argument) ?? [];
  if (name !== undefined) return name;
  throw new CommandError(
    `import(${argument.trim()}) in ${where} computes what it imports: expected a name in quotes, so that what it depends on is known`,
  );
}

/** The file that `new URL('./file.ts', import.meta.url)` names. */
function urlBefore(source: string): string[] {
  const [, name] = /new\s+URL\(\s*['"](\.[^'"]*)['"]\s*,\s*$/.exec(source) ?? [];
  return name === undefined ? [] : [name];
}

/** 'ml-pca' of 'ml-pca/lib/pca', '@a/b' of '@a/b/c'. */
function packageName(specifier: string, where: string): string {
  const [name] = /^(@[\w.-]+\/)?[\w.-]+(?=\/|$)/.exec(specifier) ?? [];
  if (name !== undefined) return name;
  throw new CommandError(
    `${where} imports ${JSON.stringify(specifier)}, which is neither a file nor a package: expected './file.ts' or the name of a package`,
  );
}
