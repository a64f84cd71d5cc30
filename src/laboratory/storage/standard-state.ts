// How the laboratory opens where nothing says otherwise: the seed notebook's settings and the usual panels.
import { parseExperiment } from '../../learning/parse-experiment.ts';
import { witness } from '../../worker/limits.ts';
import type { LabState } from '../lab-state.ts';
import { plainPanel } from '../panels/panel-list.ts';

const usual = ['data-boundary', 'loss-curves', 'landscape-map', 'outcome-distribution'];

/** 50 networks of one hidden layer of 64, learning rate 0.01, 100 epochs on moons. */
export const standardState = (): LabState => ({
  experiment: parseExperiment({}, 'the standard settings'),
  compared: null,
  panels: usual.map(plainPanel),
  selected: witness,
  provider: 'auto',
});
