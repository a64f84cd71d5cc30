// A figure of the article as a panel of the laboratory's board, where it is one.
import type { z } from 'zod';
import type { AnalysisSpec } from '../../landscape/analyses/index.ts';
import type { Experiment } from '../../learning/experiment.ts';
import { ExperimentError } from '../../learning/parse-experiment.ts';
import type { PanelState } from '../../laboratory/lab-state.ts';
import { panelKindOf } from '../../laboratory/panels/panel-catalogue.ts';
import { panelSettings } from '../../laboratory/panels/panel-settings.ts';

/** The article's landscape of a whole run, or of a study's planes, has a panel of its own on the board. */
const landscapePanels: Readonly<Record<string, { readonly run: string; readonly study: string }>> =
  {
    'landscape-map': { run: 'landscape-whole', study: 'slice-map' },
    'landscape-surface': { run: 'landscape-surface', study: 'slice-surface' },
  };

const kindOf = (figure: string, spec: AnalysisSpec | null): string =>
  landscapePanels[figure]?.[spec === null ? 'run' : 'study'] ?? figure;

type State = Readonly<Record<string, unknown>>;

export function presetPanel(
  figure: string,
  state: State,
  spec: AnalysisSpec | null,
  experiment: Experiment,
): PanelState | null {
  const kind = panelKindOf(kindOf(figure, spec));
  if (!kind) return null;
  const { source } = kind;
  if (source.of === 'analysis' && source.compares) return null;
  const analysis =
    source.of === 'analysis' ? settingsFrom(kind.kind, state, spec, experiment) : null;
  return { kind: kind.kind, figure: plainState(state), analysis, wide: true };
}

/** The study's own settings, as far as the panel has them; null for the panel's usual ones. */
function settingsFrom(
  kind: string,
  state: State,
  spec: AnalysisSpec | null,
  experiment: Experiment,
): PanelState['analysis'] {
  const panel = panelSettings[kind];
  if (!panel || !spec) return null;
  const written =
    spec.kind === 'slices'
      ? (spec.slices[String(state['slice'])] ?? Object.values(spec.slices)[0])
      : known(spec, panel.schema);
  try {
    // What the panel makes of them is for it to say; here only that it can.
    panel.spec(panel.parse(written), experiment);
    return Object.keys(written as State).length > 0 ? (written as State) : null;
  } catch (error) {
    if (error instanceof ExperimentError) return null;
    throw error;
  }
}

function known(spec: AnalysisSpec, schema: z.ZodType): State {
  const { shape } = schema as z.ZodObject;
  return Object.fromEntries(Object.entries(spec).filter(([key]) => Object.hasOwn(shape, key)));
}

function plainState(state: State): PanelState['figure'] {
  const entries = Object.entries(state).filter(
    (entry): entry is [string, string | number | boolean | null] =>
      entry[0] !== 'selected' && (entry[1] === null || typeof entry[1] !== 'object'),
  );
  return Object.fromEntries(entries);
}
