// Reads a JSON file that somebody wrote by hand, and says where it goes wrong.
import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser';
import { CommandError, systemReason } from './command-error.ts';
import { largestExperiment } from './file-sizes.ts';
import { readBounded } from './read-bounded.ts';

/** @throws CommandError that names the file and, where it is not JSON, line and column. */
export async function readJsonFile(path: string): Promise<unknown> {
  let text: string;
  try {
    const bytes = await readBounded(path, { largest: largestExperiment });
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) {
      throw new CommandError(`${path} is not a text in UTF-8: an experiment is a JSON file`);
    }
    throw new CommandError(`cannot read the experiment ${path}: ${systemReason(error)}`);
  }
  return parseJson(text, path);
}

/** @throws CommandError with line and column. */
export function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const { error, offset } = firstMistake(text);
    const before = text.slice(0, offset).split('\n');
    const column = (before.at(-1)?.length ?? 0) + 1;
    throw new CommandError(
      `${where} is not JSON at line ${before.length}, column ${column} (${error}): mend that place and run again`,
    );
  }
}

function firstMistake(text: string): { error: string; offset: number } {
  const errors: ParseError[] = [];
  try {
    parse(text, errors, { disallowComments: true });
  } catch {
    // Nested deeper than the stack: any place is as good as another.
    return { error: 'nested too deeply', offset: 0 };
  }
  const [first] = errors;
  if (!first) return { error: 'unexpected character', offset: 0 };
  const words = printParseErrorCode(first.error).replace(/([a-z])([A-Z])/g, '$1 $2');
  return { error: words.toLowerCase(), offset: first.offset };
}
