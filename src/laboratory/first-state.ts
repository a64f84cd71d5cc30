// What the laboratory opens with: what the address asks for, a preset, or the classic settings.
import type { LabState } from './lab-state.ts';
import { decodeLink } from './storage/lab-link.ts';
import { readAddress } from './storage/open-address.ts';
import { standardState } from './storage/standard-state.ts';
import { presetFromAddress, readPreset, withPreset } from './presets/experiment-presets.ts';

export interface FirstState {
  readonly state: LabState;
  /** What of the address could not be done, a sentence each. */
  readonly problems: readonly string[];
}

export async function firstState(place: Location): Promise<FirstState> {
  const link = readAddress(place);
  if (link !== null) return decodeLink(link);
  const state = standardState();
  const id = presetFromAddress(place.search);
  if (id === null) return { state, problems: [] };
  const preset = await readPreset(id);
  if (preset) return { state: withPreset(state, preset), problems: [] };
  const problem = `There is no preset called “${id}”: these are the classic settings.`;
  return { state, problems: [problem] };
}
