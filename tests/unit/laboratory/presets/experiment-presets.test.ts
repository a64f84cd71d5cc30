import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { labPresets } from '../../../../src/site/readers/lab-presets.ts';
import { parseExperiment } from '../../../../src/learning/parse-experiment.ts';
import { standardState } from '../../../../src/laboratory/storage/standard-state.ts';
import {
  classic,
  presetFromAddress,
  readPreset,
  withPreset,
} from '../../../../src/laboratory/presets/experiment-presets.ts';

afterEach(() => vi.unstubAllGlobals());

test('an address asks for a preset, or does not', () => {
  expect(presetFromAddress('?preset=fifty')).toBe('fifty');
  expect(presetFromAddress('')).toBeNull();
  expect(presetFromAddress('?preset=')).toBeNull();
  fc.assert(fc.property(fc.string(), (text) => void presetFromAddress(`?preset=${text}`)));
});

test('a list that cannot be loaded is asked for again; one that is there is asked for once', async () => {
  const fetched = vi.fn<() => Promise<Response>>();
  vi.stubGlobal('fetch', fetched);
  fetched.mockRejectedValueOnce(new TypeError('offline'));
  expect(await readPreset('fifty')).toBeNull();
  fetched.mockResolvedValueOnce(new Response('', { status: 404 }));
  expect(await readPreset('fifty')).toBeNull();
  fetched.mockResolvedValueOnce(new Response(JSON.stringify(await labPresets())));
  expect((await readPreset('fifty'))?.experiment.batchSize).toBe(128);
  expect(await readPreset('no-such')).toBeNull();
  expect(fetched).toHaveBeenCalledTimes(3);
});

test('the classic settings are those of the schema', () => {
  const { experiment } = classic();
  expect(experiment).toEqual(parseExperiment({}, 'a test'));
  expect(withPreset(standardState(), classic())).toEqual(standardState());
});

test('a network that the preset does not have is no longer picked', () => {
  const experiment = parseExperiment({ initialisations: 5 }, 'a test');
  const state = withPreset(standardState(), { ...classic(), experiment });
  expect(state.selected).toBe(0);
});
