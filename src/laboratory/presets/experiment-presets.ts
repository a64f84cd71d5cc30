// Settings to start from: the classic ones, each experiment of the project, each figure of the article.
import type { Experiment } from '../../learning/experiment.ts';
import { ExperimentError, parseExperiment } from '../../learning/parse-experiment.ts';
import { withBase } from '../../elements/with-base.ts';
import type { LabState, PanelState } from '../lab-state.ts';
import type { WrittenPreset } from './written-preset.ts';

export interface Preset {
  readonly id: string;
  readonly title: string;
  readonly experiment: Experiment;
  /** The figure, where it is one of the board's. */
  readonly panel: PanelState | null;
}

export const classicId = 'classic';

export const classic = (): Preset => ({
  id: classicId,
  title: 'Classic settings',
  experiment: parseExperiment({}, 'the classic settings'),
  panel: null,
});

/** What an address asks to start from; null where it does not. */
export function presetFromAddress(search: string): string | null {
  const id = new URLSearchParams(search).get('preset');
  return id === null || id === '' || id.length > 100 ? null : id;
}

let list: Promise<readonly WrittenPreset[]> | null = null;

/** Null where there is none of that name, or the list cannot be loaded. */
export async function readPreset(id: string): Promise<Preset | null> {
  if (id === classicId) return classic();
  list ??= load();
  try {
    const written = (await list).find((preset) => preset.id === id);
    return written ? completed(written) : null;
  } catch {
    // Another try may reach it.
    list = null;
    return null;
  }
}

/** @throws ExperimentError where the settings make no sense. */
export function completed({ id, title, experiment, panel }: WrittenPreset): Preset {
  return { id, title, experiment: parseExperiment(experiment, `the preset ${id}`), panel };
}

/** The state with the preset's settings, and its figure first on the board. */
export function withPreset(state: LabState, { experiment, panel }: Preset): LabState {
  const { selected } = state;
  const others = state.panels.filter(({ kind }) => kind !== panel?.kind);
  return {
    ...state,
    experiment,
    panels: panel ? [panel, ...others] : state.panels,
    selected: selected !== null && selected < experiment.initialisations ? selected : 0,
  };
}

async function load(): Promise<readonly WrittenPreset[]> {
  const response = await fetch(withBase('/data/lab-presets.json'));
  if (!response.ok) throw new ExperimentError(`the list of presets answered ${response.status}`);
  return (await response.json()) as readonly WrittenPreset[];
}
