// What the laboratory can start from, read while the site is built: the project's experiments and the article's figures.
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseStudy, type Study } from '../../landscape/study.ts';
import type { AnalysisSpec } from '../../landscape/analyses/index.ts';
import type { Experiment } from '../../learning/experiment.ts';
import { parseExperiment } from '../../learning/parse-experiment.ts';
import type { WrittenPreset } from '../../laboratory/presets/written-preset.ts';
import { figuresIn, type FigureTag } from './figure-tags.ts';
import { presetPanel } from './preset-panel.ts';

const experimentsFolder = join(process.cwd(), 'precompute', 'experiments');
const chaptersFolder = join(process.cwd(), 'content', 'chapters');

let presets: Promise<WrittenPreset[]> | null = null;

/** In the order of the list: experiments with their conditions, then the figures by chapter. */
export function labPresets(): Promise<WrittenPreset[]> {
  presets ??= readAll();
  return presets;
}

/**
 * The preset that shows what a figure shows; null where the laboratory has none.
 *
 * @param chapter its file name, which is its page's too.
 * @param source the run or study that it draws.
 */
export async function presetOfFigure(
  chapter: string,
  id: string | undefined,
  source: string,
): Promise<string | null> {
  const all = await labPresets();
  const own = id === undefined ? undefined : all.find((one) => one.id === figureId(chapter, id));
  const same = all.find((one) => one.id === source || one.id.startsWith(`${source}.`));
  return (own ?? same)?.id ?? null;
}

/** An id is one on its page alone; the chapter's number may change, its name does not. */
const figureId = (chapter: string, id: string): string => `${chapter.replace(/^\d+-/, '')}.${id}`;

async function readAll(): Promise<WrittenPreset[]> {
  const studies = await readStudies();
  const single = [...studies.values()].sort((a, b) => Number(a.compares) - Number(b.compares));
  const all = [...single.flatMap(ofStudy), ...(await ofChapters(studies))];
  const twice = all.find(({ id }, i) => all.findIndex((other) => other.id === id) !== i);
  if (twice)
    throw new Error(
      `Two presets of the laboratory are called '${twice.id}': give one of the figures another id.`,
    );
  return all;
}

async function readStudies(): Promise<Map<string, Study>> {
  const files = (await readdir(experimentsFolder)).filter((file) => file.endsWith('.json')).sort();
  const studies = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(experimentsFolder, file), 'utf8');
      const { quick: _, ...written } = JSON.parse(text) as Record<string, unknown>;
      const named = { name: basename(file, '.json'), ...written };
      return parseStudy(named, file);
    }),
  );
  return new Map(studies.map((study) => [study.name, study]));
}

function ofStudy({ name, title, conditions, compares }: Study): WrittenPreset[] {
  return conditions.map((condition) => ({
    id: compares ? `${name}.${condition.key}` : name,
    group: compares ? title : 'Single experiments',
    title: compares ? capitalised(condition.title) : title,
    experiment: differingFrom(condition.experiment),
    panel: null,
  }));
}

async function ofChapters(studies: ReadonlyMap<string, Study>): Promise<WrittenPreset[]> {
  const files = (await readdir(chaptersFolder)).filter((file) => file.endsWith('.mdx')).sort();
  const chapters = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(chaptersFolder, file), 'utf8');
      const entry = (key: string) => new RegExp(`^${key}:\\s*(.+)$`, 'm').exec(text)?.[1]?.trim();
      const group = `Chapter ${entry('number')}: ${entry('title')}`;
      const chapter = basename(file, '.mdx');
      return figuresIn(text, file).flatMap((tag) => ofFigure(tag, chapter, group, studies));
    }),
  );
  return chapters.flat();
}

function ofFigure(
  { figure, id, source, analyses, state, title }: FigureTag,
  chapter: string,
  group: string,
  studies: ReadonlyMap<string, Study>,
): WrittenPreset[] {
  const study = studies.get(source);
  const condition = study?.conditions.find(({ key }) => key === conditionIn(state));
  const experiment = (condition ?? study?.conditions[0])?.experiment;
  if (!study || !experiment || id === null) return [];
  const specs = analyses.flatMap((name): AnalysisSpec[] => {
    const spec = study.analyses[name];
    return spec ? [spec] : [];
  });
  const panel = presetPanel(figure, state, specs[0] ?? null, experiment);
  const preset = { id: figureId(chapter, id), group, title, panel };
  return [{ ...preset, experiment: differingFrom(experiment) }];
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A figure of several ways of training names the one that it looks at. */
const conditionIn = (state: Readonly<Record<string, unknown>>): unknown =>
  state['condition'] ?? state['focus'];

const classic = parseExperiment({}, 'the classic settings');

/** Top-level settings that are not the classic ones; names are the reader's to give. */
function differingFrom(experiment: Experiment): Record<string, unknown> {
  const settings = Object.entries(experiment).filter(([key, value]) => {
    if (key === 'name' || key === 'title') return false;
    return key === 'snapshots' || !same(value, classic[key as keyof Experiment]);
  });
  return Object.fromEntries(settings);
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
