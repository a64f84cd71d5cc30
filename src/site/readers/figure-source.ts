// What a figure draws: a run, or results of a study, as its tag names them.
import type { RunDisplay, StudyDisplay } from '../../artifact/display.ts';
import { figureEntry } from '../figure-entry.ts';
import { readRun, readStudy } from './artifacts.ts';

/** The attributes of a tag: a run, or a study with the analyses that are drawn, by spaces. */
export interface SourceAttributes {
  run?: string | undefined;
  study?: string | undefined;
  analyses?: string | undefined;
}

export type FigureSource =
  | { readonly kind: 'run'; readonly name: string; readonly data: RunDisplay }
  | {
      readonly kind: 'study';
      readonly name: string;
      readonly analyses: readonly string[];
      readonly data: StudyDisplay;
    };

/** Throws a sentence that names the place where the tag asks for what is not there. */
export async function readSource(
  figure: string,
  { run, study, analyses }: SourceAttributes,
  place: string,
): Promise<FigureSource> {
  const entry = figureEntry(figure, place);
  if (entry.parts && !(entry.drawsStudies && study !== undefined)) {
    if (run === undefined || study !== undefined || analyses !== undefined) {
      throw new Error(`'${figure}' draws a run (${place}): give it run="..." alone.`);
    }
    return { kind: 'run', name: run, data: await readRun(run, place) };
  }
  const names = analyses?.split(/\s+/).filter((name) => name !== '') ?? [];
  if (study === undefined || run !== undefined || names.length === 0) {
    throw new Error(
      `'${figure}' draws results of a study (${place}): give it study="..." and analyses="...".`,
    );
  }
  return { kind: 'study', name: study, analyses: names, data: await readPart(study, names, place) };
}

/** The study with those results alone, as the page will load it. */
async function readPart(name: string, analyses: readonly string[], place: string) {
  const whole = await readStudy(name, place);
  const results = analyses.map((analysis) => {
    const reason = whole.unanswered[analysis];
    if (reason !== undefined) {
      throw new Error(
        `The analysis '${analysis}' of the study '${name}' was not answered (${place}): ${reason}.`,
      );
    }
    if (!Object.hasOwn(whole.results, analysis)) {
      throw new Error(
        `The study '${name}' has no analysis '${analysis}' (${place}): it has ${Object.keys(whole.results).join(', ')}.`,
      );
    }
    return [analysis, whole.results[analysis]] as const;
  });
  return { ...whole, results: Object.fromEntries(results) };
}
