// The glossary: content/glossary.json, checked, in alphabetical order.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const schema = z.record(
  z.string().regex(/^[a-z0-9-]+$/),
  z.strictObject({ term: z.string().min(1), definition: z.string().min(1) }),
);
export type GlossaryEntry = z.output<typeof schema>[string];

const file = join(process.cwd(), 'content', 'glossary.json');
let glossary: Map<string, GlossaryEntry> | undefined;
/** Of the file as it was read: while an author writes, a new entry is found without a restart. */
let modified = 0;

export function readGlossary(): Map<string, GlossaryEntry> {
  const { mtimeMs } = statSync(file);
  if (!glossary || mtimeMs !== modified) {
    modified = mtimeMs;
    const entries = Object.entries(schema.parse(JSON.parse(readFileSync(file, 'utf8'))));
    entries.sort(([, a], [, b]) => a.term.localeCompare(b.term, 'en'));
    glossary = new Map(entries);
  }
  return glossary;
}

/** Throws a sentence if the glossary has no such entry. */
export function findTerm(id: string, place: string): GlossaryEntry {
  const entry = readGlossary().get(id);
  if (!entry) {
    throw new Error(
      `The glossary has no '${id}' (${place}): add it to content/glossary.json or use one of its ids.`,
    );
  }
  return entry;
}
