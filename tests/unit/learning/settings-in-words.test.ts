// An experiment in words: every field of the schema appears, with its label.
import { expect, test } from 'vitest';
import { settingsOf } from '../../../src/learning/settings-in-words.ts';
import { experimentSchema } from '../../../src/learning/experiment.ts';

const settings = settingsOf(experimentSchema.parse({ hiddenSizes: [32, 16] }));
const valueOf = (label: string) => settings.find((setting) => setting.label === label)?.value;

test('labels come from the schema, values are words', () => {
  expect(valueOf('Hidden sizes')).toBe('32, 16');
  expect(valueOf('Learning rate')).toBe('0.01');
  expect(valueOf('Normalise features')).toBe('yes');
  expect(valueOf('Data')).toBe('moons, samples 512, noise 0.2');
});

test('nothing but the name and the title is left out, and what is not set', () => {
  const set = Object.keys(experimentSchema.parse({})).length;
  expect(settings).toHaveLength(set - 2);
});
