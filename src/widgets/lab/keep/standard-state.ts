// How the laboratory opens where nothing says otherwise: the seed notebook's settings and the usual panels.
import { parseExperiment } from '../../../learning/parse-experiment.ts';
import { witness } from '../../../worker/limits.ts';
import type { LabState, PanelState } from '../lab-state.ts';

const usual = ['data-boundary', 'loss-curves', 'landscape-map', 'outcome-distribution'];

/** A panel of this kind with its figure's own settings. */
const plainPanel = (kind: string): PanelState => ({
  kind,
  figure: {},
  analysis: null,
  wide: false,
});

/** 50 networks of one hidden layer of 64, learning rate 0.01, 100 epochs on moons. */
export const standardState = (): LabState => ({
  experiment: parseExperiment({}, 'the standard settings'),
  compared: null,
  panels: usual.map(plainPanel),
  selected: witness,
  provider: 'auto',
});
