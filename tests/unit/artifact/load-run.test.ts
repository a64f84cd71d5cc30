import { describe, expect, it } from 'vitest';
import { displayFiles } from '../../../src/artifact/files.ts';
import { loadRun } from '../../../src/artifact/load-run.ts';
import { artifactFiles, data, readFrom, run } from './a-run.ts';

const files = await artifactFiles();

describe('loadRun', () => {
  it('gives the run that was encoded, with NaN statistics as NaN', async () => {
    const loaded = await loadRun('small', readFrom(files, 'small/'));
    expect(loaded.experiment).toEqual(run.experiment);
    expect(loaded.provider).toBe('cpu');
    expect(loaded.data).toEqual(data);
    expect(loaded.statistics).toEqual(run.statistics);
    expect(loaded.landscape?.xs).toEqual(run.landscape?.xs);
    expect(loaded.boundaries?.classes).toEqual(run.boundaries?.classes);
    expect(loaded.curves.steps).toEqual(run.curves.steps);
  });

  it('reads the parts asked for and no others', async () => {
    const asked: string[] = [];
    const read = readFrom(files, 'small/');
    const loaded = await loadRun('small', (path) => (asked.push(path), read(path)), ['landscape']);
    expect(asked).toEqual(['small/manifest.json', `small/${displayFiles.landscape}`]);
    expect(loaded.boundaries).toBeNull();
    expect(loaded.curves.steps.length).toBe(0);
    expect(loaded.data.train.count).toBe(0);
    expect(loaded.data.classNames).toEqual(data.classNames);
  });

  it('refuses a display file that was cut short, and names it', async () => {
    const path = displayFiles.curves;
    const damaged = new Map(files).set(path, files.get(path)!.slice(0, -20));
    await expect(loadRun('small', readFrom(damaged, 'small/'))).rejects.toThrow(
      `small/${path} is not whole`,
    );
  });

  it.each([
    ['not JSON', '{', /small\/manifest.json is not JSON/],
    ['foreign', '{"name":"x"}', /is not a Loss Atlas manifest of version 2/],
    ['null', 'null', /is not a Loss Atlas manifest/],
    ['of a later version', '{"format":"loss-atlas-run","schemaVersion":3}', /of version 2/],
  ])('refuses a manifest that is %s', async (_, text, message) => {
    const read = () => Promise.resolve(new TextEncoder().encode(text));
    await expect(loadRun('small', read)).rejects.toThrow(message);
  });
});
