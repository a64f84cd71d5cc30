import { describe, expect, it } from 'vitest';
import { openArtifact } from '../../../src/artifact/checked-artifact.ts';
import { shownResultFile, trainingDisplay } from '../../../src/artifact/files.ts';
import { load, loadWhole, runOf } from '../../../src/artifact/load.ts';
import { outlineOf } from '../../../src/artifact/outline.ts';
import { artifactFiles, data, readFrom, run } from './a-run.ts';

const own = await artifactFiles();
const artifact = await openArtifact(readFrom(own), 'small');
const encoded = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const resultOf = (analysis: string): unknown =>
  JSON.parse(new TextDecoder().decode(own.get(`results/${analysis}.json`)));
/** What the site has of it. */
const files = new Map<string, Uint8Array>(own)
  .set('outline.json', encoded(outlineOf(artifact.manifest)))
  .set('outline/landscape.json', encoded(resultOf('landscape')))
  .set('outline/boundaries.json', encoded(resultOf('boundaries')));
const everything = ['data', 'curves', 'boundaries', 'landscape'];

describe('a run as a page loads it', () => {
  it('gives the run that was encoded, with NaN statistics as NaN', async () => {
    const loaded = runOf(await load('small', readFrom(files, 'small/'), everything));
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
    const loaded = runOf(
      await load('small', (path) => (asked.push(path), read(path)), ['landscape']),
    );
    expect(asked).toEqual([
      'small/outline.json',
      'small/outline/landscape.json',
      `small/${shownResultFile('landscape')}`,
    ]);
    expect(loaded.boundaries).toBeNull();
    expect(loaded.curves.steps.length).toBe(0);
    expect(loaded.data.train.count).toBe(0);
    expect(loaded.data.classNames).toEqual(data.classNames);
  });

  it('refuses a display file that was cut short, and names it', async () => {
    const path = trainingDisplay.curves;
    const damaged = new Map(files).set(path, files.get(path)!.slice(0, -20));
    await expect(load('small', readFrom(damaged, 'small/'), everything)).rejects.toThrow(
      `small/${path} is not whole`,
    );
  });

  it('is the same as the build loads it from the whole artifact', async () => {
    const loaded = await load('small', readFrom(files, 'small/'), everything);
    expect(runOf(loaded)).toEqual(runOf(await loadWhole(artifact)));
  });

  it.each([
    ['not JSON', '{', /small\/outline.json is not JSON/],
    ['foreign', '{"name":"x"}', /is not that of a Loss Atlas artifact of version 3/],
    ['null', 'null', /is not that of a Loss Atlas artifact/],
    ['of a later version', '{"format":"loss-atlas-artifact","schemaVersion":4}', /of version 3/],
  ])('refuses an outline that is %s', async (_, text, message) => {
    const read = () => Promise.resolve(new TextEncoder().encode(text));
    await expect(load('small', read, everything)).rejects.toThrow(message);
  });
});
