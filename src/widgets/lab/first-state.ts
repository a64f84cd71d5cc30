// What the laboratory opens with: what the address asks for, a preset, or the classic settings.
import type { LabState } from './lab-state.ts';
import { decodeLink } from './keep/link.ts';
import { readAddress } from './keep/open-address.ts';
import { standardState } from './keep/standard-state.ts';
import { presetFromAddress, readPreset, withPreset } from './presets/presets.ts';

export interface FirstState {
  readonly state: LabState;
  /** What of the address could not be done, a sentence each. */
  readonly problems: readonly string[];
  /** Whether somebody asked for it: nothing else is then offered. */
  readonly isAsked: boolean;
}

export async function firstState(place: Location): Promise<FirstState> {
  const link = readAddress(place);
  if (link !== null) {
    const { state, problems } = await decodeLink(link);
    return { state, problems, isAsked: true };
  }
  const state = standardState();
  const id = presetFromAddress(place.search);
  if (id === null) return { state, problems: [], isAsked: false };
  const preset = await readPreset(id);
  if (preset) return { state: withPreset(state, preset), problems: [], isAsked: true };
  const problem = `There is no preset called “${id}”: these are the classic settings.`;
  return { state, problems: [problem], isAsked: true };
}
