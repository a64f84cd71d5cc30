// Truth: the data sets' own definitions, a plane that holds points known beforehand, and one sentence for whatever goes wrong.
import { expect, it } from 'vitest';
import { encodeSafetensors, stored } from '../../../../src/artifact/safetensors.ts';
import { parseExperiment } from '../../../../src/learning/parse-experiment.ts';
import type { DataPicture, Told } from '../../../../src/worker/table/table-messages.ts';
import { createTableService } from '../../../../src/worker/table/table-service.ts';

const service = createTableService((csv) => ({
  digits: () => Promise.reject(new Error('not here')),
  csv: () => Promise.resolve(csv ?? ''),
}));

function done<Result>(told: Told<Result>): Result {
  if (told.kind === 'refused') throw new Error(told.sentence);
  return told.result;
}
const csvExperiment = parseExperiment(
  { data: { kind: 'csv', path: 'x.csv', header: true, labelColumn: 'y' } },
  'test',
);
async function plane(experiment = csvExperiment, csv: string | null = null) {
  const picture: DataPicture = done(await service.picture(experiment, csv));
  if (picture.kind !== 'plane') throw new Error(picture.kind);
  return picture;
}

it('draws two features as they are split and normalised, test points apart', async () => {
  const moons = parseExperiment({ batchSize: 400, testFraction: 0.25 }, 'test');
  // A batch that is too large for fewer points is no matter of the data.
  const { by, axes, train, test, drawn } = await plane({ ...moons, batchSize: 5_000 });
  expect({ by, axes, train, test }).toEqual({
    by: 'features',
    axes: ['x1', 'x2'],
    train: 384,
    test: 128,
  });
  expect(drawn.train.labels).toHaveLength(384);
  const xs = drawn.train.points.filter((_, i) => i % 2 === 0);
  expect(xs.reduce((sum, x) => sum + x, 0) / 384).toBeCloseTo(0, 5);
});

it('draws fewer of very many points, both parts in proportion', async () => {
  const many = parseExperiment({ data: { kind: 'moons', samples: 50_000 } }, 'test');
  const { drawn, train } = await plane(many);
  expect(train).toBe(37_500);
  expect(drawn.train.labels.length).toBeLessThanOrEqual(1_201);
  expect(drawn.test.labels.length).toBeGreaterThan(390);
});

it('lays a plane through points of more features that holds all their variance where they have but two', async () => {
  const rows = Array.from({ length: 40 }, (_, i) => {
    const [a, b] = [Math.cos(i), Math.sin(2 * i)];
    return `${a},${b},${a + b},${a - b},${i % 2 ? 'p' : 'q'}`;
  });
  const csv = `f,g,h,k,y\n${rows.join('\n')}`;
  const { by, share, features } = await plane(csvExperiment, csv);
  expect({ by, features }).toEqual({ by: 'principal', features: 4 });
  expect(share).toBeCloseTo(1, 6);
});

it('draws one feature with a line for every class', async () => {
  const { by, drawn } = await plane({ ...csvExperiment, testFraction: 0 }, 'a,y\n1,p\n2,q\n3,p');
  expect(by).toBe('one');
  const heights = [...drawn.train.points].filter((_, i) => i % 2 === 1);
  expect(heights).toEqual([...drawn.train.labels]);
});

it('hands over the points of a set to go on with, to three decimals, stretched where they do not fit', async () => {
  const xor = parseExperiment({ data: { kind: 'xor', samples: 64, noise: 0.1 } }, 'test');
  const { points, isFitted } = done(await service.plainPoints(xor, null, 2));
  expect(points).toHaveLength(64);
  expect(isFitted).toBe(false);
  for (const [x] of points) expect(Math.round(x * 1000) / 1000).toBe(x);
  const csv = 'a,b,y\n150,-1,p\n200,0,q\n175,3,p';
  const far = done(await service.plainPoints(csvExperiment, csv, 2));
  expect(far).toEqual({
    isFitted: true,
    points: [
      [-1.8, -1.8, 0],
      [1.8, -0.9, 1],
      [0, 1.8, 0],
    ],
  });
  expect(await service.plainPoints(csvExperiment, 'a,y\n1,p\n2,q', 2)).toEqual({
    kind: 'refused',
    sentence:
      'This set has 1 feature: a plane shows points of two features and a class; choose another set to start from.',
  });
});

it('reads bytes as UTF-8 and says on which line they are none', async () => {
  const bytes = new TextEncoder().encode('größe,y\n1,süß\n2,sauer\n');
  const { report, choices } = done(await service.inspect(bytes, 'x.csv', 'auto', null));
  expect(report.columns[0]?.name).toBe('größe');
  expect(done(await service.shape('x.csv', choices)).classes.map(({ name }) => name)).toEqual([
    'sauer',
    'süß',
  ]);
  const latin = Uint8Array.from([...new TextEncoder().encode('a,y\n1,s'), 0xfc, 0xdf]);
  expect(await service.inspect(latin, 'x.csv', 'auto', null)).toEqual({
    kind: 'refused',
    sentence:
      'Line 2 holds bytes that are not text: expected a CSV file in UTF-8, not compressed and not a spreadsheet (x.csv).',
  });
});

it('takes a table whose label is known as it is, where it is ready', async () => {
  const ready = 'id,y,x\n1,p,5\n2,q,6\n3,p,7';
  const choices = async (csv: string, labelColumn: string | number | null) =>
    done(await service.inspect(csv, 'x.csv', true, labelColumn)).choices;
  // Nobody knows what a number of rows is for, but who named the label had it in.
  expect((await choices(ready, null)).roles[0]).toBe('leave-out');
  expect(await choices(ready, 'y')).toMatchObject({
    label: 1,
    roles: ['feature', 'feature', 'feature'],
    missing: 'refuse',
  });
  expect((await choices(ready, -2)).label).toBe(1);
  expect((await choices(`${ready}\n4,q,`, 'y')).missing).toBe('drop');
});

it('opens weights for the data that are chosen, a table among them', async () => {
  const file = encodeSafetensors({ weight: stored(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]) });
  const csv = 'a,b,c,y\n1,2,3,p\n2,1,0,q';
  const { experiment, weights } = done(
    await service.openWeights(file, 'net.safetensors', csvExperiment, csv),
  );
  expect(experiment).toMatchObject({ hiddenSizes: [], bias: false, initialisations: 1 });
  expect([...weights]).toEqual([1, 4, 2, 5, 3, 6]);
  expect(await service.openWeights(file, 'net.safetensors', csvExperiment, null)).toEqual({
    kind: 'refused',
    sentence: 'The table that these settings name is not here: choose it first, then the weights.',
  });
});

it('says of digits that cannot be fetched that it did not work', async () => {
  const digits = parseExperiment({ data: { kind: 'digits' } }, 'test');
  expect(await service.picture(digits, null)).toEqual({
    kind: 'refused',
    sentence: 'This did not work (not here); try again.',
  });
});
