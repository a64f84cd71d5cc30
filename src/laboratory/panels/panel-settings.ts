// What a reader may set of the analysis behind each panel; fetched with the first of them.
import { z } from 'zod';
import type { AnalysisSpec } from '../../landscape/analyses/index.ts';
import { ExperimentError } from '../../learning/experiment-error.ts';
import type { Experiment } from '../../learning/experiment.ts';
import { define, type PanelSettings, type Written } from './define-settings.ts';
import { curvature, line, plane, sharpness, walks } from './landscape-settings.ts';
import { barriers, cloud, curves, functions, layouts } from './solution-settings.ts';

const outcomes = define({
  schema: z.strictObject({}),
  usual: () => ({}),
  spec: () => ({ kind: 'outcomes', records: 101 }),
});

/** By kind of panel; of those that ask an analysis. */
export const panelSettings: Readonly<Record<string, PanelSettings>> = {
  'slice-map': plane,
  'slice-surface': plane,
  'slice-line': line,
  'projection-views': layouts,
  'alignment-cloud': cloud,
  'barrier-matrix': barriers,
  'connecting-curves': curves,
  'function-distances': functions,
  'hessian-spectrum': curvature(3),
  'hessian-measures': curvature(10),
  'sharpness-along': sharpness,
  'walk-or-learning': walks,
  'condition-curves': outcomes,
  'outcomes-by-condition': outcomes,
};

/** Whole settings of a panel: what its reader has written laid over what suits the experiment. @throws ExperimentError */
export function settingsOf(
  kind: string,
  written: Written | null,
  experiment: Experiment,
): { readonly settings: Written; readonly spec: AnalysisSpec } {
  const panel = panelSettings[kind];
  if (!panel) throw new ExperimentError(`the panel ${kind} asks no analysis`);
  const settings = panel.parse(written ?? panel.usual(experiment));
  return { settings, spec: panel.spec(settings, experiment) };
}
