// What a link may hold, checked part by part: what does not fit is left out with a sentence, the rest stands.
import { z } from 'zod';
import { ExperimentError } from '../../learning/experiment-error.ts';
import { experimentSchema, type Experiment } from '../../learning/experiment.ts';
import { parseBySchema } from '../../learning/parse-by-schema.ts';
import { parseExperiment } from '../../learning/parse-experiment.ts';
import { isPlainObject, type PlainObject } from '../../learning/plain-object.ts';
import { quote } from '../../learning/quote.ts';
import type { LabState, PanelState } from '../lab-state.ts';
import { mostPanels } from '../panels/panel-list.ts';

const mostFigureKeys = 32;
const longestAnalysis = 8_000;
const deepestAnalysis = 6;

const name = z.string().regex(/^[a-z][\w-]{0,63}$/i, 'expected letters, digits and hyphens');
const figureValue = z.union(
  [z.string().max(200), z.number().min(-1e12).max(1e12), z.boolean(), z.null()],
  'expected a number, a short text, true, false or null',
);

/** @param kinds of panels that the laboratory has. */
const panelSchema = (kinds: readonly string[]) =>
  z.object({
    kind: z.enum(kinds as [string, ...string[]]),
    figure: z
      .record(name, figureValue)
      .refine((figure) => Object.keys(figure).length <= mostFigureKeys, 'expected fewer settings')
      .default({}),
    analysis: z
      .record(name, z.unknown())
      .refine(
        (analysis) =>
          JSON.stringify(analysis).length <= longestAnalysis &&
          depthOf(analysis) <= deepestAnalysis,
        'expected the settings of one analysis',
      )
      .nullable()
      .default(null),
    wide: z.boolean().default(false),
  });

const providerSchema = z.enum(['auto', 'webgpu', 'wasm']);

export interface CheckedLink {
  readonly state: LabState;
  /** A sentence for each part that does not fit. */
  readonly problems: readonly string[];
}

/**
 * @param value plain JSON within bounds: what differs from `standard`.
 * @param kinds of panels that the laboratory has.
 */
export function checkLink(
  value: unknown,
  standard: LabState,
  kinds: readonly string[],
): CheckedLink {
  const problems: string[] = [];
  if (!isPlainObject(value)) {
    return { state: standard, problems: ['It holds no settings: the standard ones stand.'] };
  }
  /** What `read` makes of a part, or `instead` and a sentence. */
  const attempt = <Part>(read: () => Part, instead: Part, consequence: string): Part => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ExperimentError)) throw error;
      problems.push(`${error.message}; ${consequence}.`);
      return instead;
    }
  };
  const known = (part: PlainObject, keys: readonly string[], of: string): PlainObject => {
    const unknown = Object.keys(part).filter((key) => !keys.includes(key));
    for (const key of unknown) problems.push(`It has no use for ${quote(key)} in ${of} any more.`);
    return Object.fromEntries(Object.entries(part).filter(([key]) => keys.includes(key)));
  };
  const experimentOf = (part: unknown, of: string): Experiment =>
    parseExperiment(
      isPlainObject(part)
        ? { ...standard.experiment, ...known(part, Object.keys(experimentSchema.shape), of) }
        : part,
      of,
    );

  const link = known(value, Object.keys(standard), 'the link');
  const has = (key: keyof LabState): boolean => Object.hasOwn(link, key);
  const experiment = has('experiment')
    ? attempt(
        () => experimentOf(link['experiment'], 'the settings'),
        standard.experiment,
        'all standard settings stand instead',
      )
    : standard.experiment;
  const compared =
    has('compared') && link['compared'] !== null
      ? attempt(
          () => experimentOf(link['compared'], 'the settings compared with'),
          null,
          'nothing is compared',
        )
      : null;
  const panels = has('panels')
    ? panelsOf(link['panels'], kinds, standard, problems, attempt)
    : standard.panels;
  const provider = has('provider')
    ? attempt(
        () => parseBySchema(providerSchema, link['provider'], 'the link', 'provider'),
        standard.provider,
        'it is chosen automatically',
      )
    : standard.provider;
  const networks = networksOf({ experiment, compared });
  const selectedSchema = z
    .number()
    .int()
    .min(0)
    .max(networks - 1)
    .nullable();
  const selected = has('selected')
    ? attempt(
        () => parseBySchema(selectedSchema, link['selected'], 'the link', 'selected'),
        null,
        'no network is picked',
      )
    : reachable(standard.selected, networks);
  return { state: { experiment, compared, panels, selected, provider }, problems };
}

/** Networks that can be picked. */
export const networksOf = ({
  experiment,
  compared,
}: Pick<LabState, 'experiment' | 'compared'>): number =>
  Math.max(experiment.initialisations, compared?.initialisations ?? 0);

/** The network picked, where there is one of this number. */
export const reachable = (selected: number | null, networks: number): number | null =>
  selected !== null && selected < networks ? selected : null;

function panelsOf(
  listed: unknown,
  kinds: readonly string[],
  standard: LabState,
  problems: string[],
  attempt: <Part>(read: () => Part, instead: Part, consequence: string) => Part,
): readonly PanelState[] {
  if (!Array.isArray(listed)) {
    problems.push(`panels is ${quote(listed)}: expected a list; the usual panels are there.`);
    return standard.panels;
  }
  if (listed.length > mostPanels) {
    problems.push(`It has ${listed.length} panels: the first ${mostPanels} are there.`);
  }
  const schema = panelSchema(kinds);
  return listed.slice(0, mostPanels).flatMap((panel: unknown, i) => {
    const read = (): PanelState[] => [parseBySchema(schema, panel, `panel ${i + 1}`, 'the panel')];
    return attempt(read, [], 'it is left out');
  });
}

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}
