// What of the laboratory is put away: all of it, what can be trained again, or the settings and nothing else.
import type { LabRun } from '../lab-run.ts';
import type { LabStore } from '../lab-store.ts';
import type { Kept } from './saved-experiments.ts';

/** 'without run': with the data and weights that the reader brought; 'settings': without those too. */
export type WhatToStore = 'all' | 'without run' | 'settings';

export interface StorageSources {
  readonly store: Pick<LabStore, 'state'>;
  runs(): readonly LabRun[];
  /** Text of the reader's CSV file of this name, where it is in the page and nothing was trained on it yet. */
  csvFor?(path: string): string | null;
  /** Weights of this name that a run may start from, where they are in the page. */
  weightsFor?(path: string): Float32Array | null;
}

export function whatIsStored(
  what: WhatToStore,
  { store, runs, csvFor, weightsFor }: StorageSources,
): Kept {
  const { state } = store;
  const { data, start } = state.experiment;
  const none = { csv: null, startWeights: null, training: null };
  if (what === 'settings') return { state, ...none };
  const run = runs().find(({ key }) => key === 'a');
  if (what === 'all' && run?.training) {
    const { csv, startWeights, training } = run;
    return { state, csv, startWeights, training };
  }
  const csv = data.kind === 'csv' ? (csvFor?.(data.path) ?? run?.csv) : null;
  const startWeights = start ? (weightsFor?.(start.path) ?? run?.startWeights) : null;
  return { state, ...none, csv: csv ?? null, startWeights: startWeights ?? null };
}
