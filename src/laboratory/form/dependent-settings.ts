// Settings that follow another one, so that a change of one does not leave the others without sense.
import { dataDimensions } from '../../learning/data-dimensions.ts';
import type { DataSpec } from '../../learning/experiment.ts';
import { isPlainObject, type PlainObject } from '../../learning/plain-object.ts';

/** The network that the two-weight problem is, and the usual one to come back to. */
const twoWeights: PlainObject = {
  hiddenSizes: [1],
  activation: 'linear',
  bias: false,
  residual: false,
  loss: 'mean-squared-error',
  directions: 'weights',
  testFraction: 0,
  normalise: false,
};
const usual: PlainObject = {
  hiddenSizes: [64],
  activation: 'tanh',
  bias: true,
  loss: 'cross-entropy',
  directions: 'pca',
  testFraction: 0.25,
  normalise: true,
};

const isAsTwoWeights = (plain: PlainObject): boolean =>
  ['hiddenSizes', 'activation', 'bias', 'loss'].every(
    (key) => JSON.stringify(plain[key]) === JSON.stringify(twoWeights[key]),
  );

/** Lowered because another setting left no more room, and raised again once there is: 10 may be on the way to 100. */
interface Followed {
  readonly wanted: unknown;
  readonly given: unknown;
}

/** @returns for an experiment as typed and the path that changed: the top-level settings that change with it. */
export function createSettler(): (plain: PlainObject, path: string) => PlainObject {
  const followed = new Map<string, Followed>();
  const follow = (
    plain: PlainObject,
    path: string,
    key: string,
    fit: (wanted: unknown) => unknown,
  ) => {
    if (path === key) return {};
    const known = followed.get(key);
    const wanted = known && known.given === plain[key] ? known.wanted : plain[key];
    const given = fit(wanted);
    followed.set(key, { wanted, given });
    return given === plain[key] ? {} : { [key]: given };
  };
  return (plain, path) => {
    const first = path === 'data.kind' ? networkFor(plain) : {};
    const next = { ...plain, ...first };
    const points = trainingPoints(next);
    const batch = follow(next, path, 'batchSize', (wanted) =>
      typeof wanted === 'number' && points !== null && wanted > points ? 'full' : wanted,
    );
    const steps = stepsOf({ ...next, ...batch }, points);
    const snapshots = follow(next, path, 'snapshots', (wanted) =>
      typeof wanted === 'number' && steps !== null
        ? Math.min(wanted, Math.max(2, steps + 1))
        : wanted,
    );
    return { ...first, ...batch, ...snapshots };
  };
}

function networkFor(plain: PlainObject): PlainObject {
  const isTwo = isPlainObject(plain['data']) && plain['data']['kind'] === 'two-weights';
  if (isTwo) return twoWeights;
  if (isAsTwoWeights(plain)) return usual;
  return plain['directions'] === 'weights' ? { directions: 'pca' } : {};
}

/** Null where they are not known, or what is typed makes no sense. */
function trainingPoints({ data, testFraction }: PlainObject): number | null {
  if (!isPlainObject(data) || typeof testFraction !== 'number') return null;
  if (data['kind'] === 'points' && !Array.isArray(data['points'])) return null;
  const samples = dataDimensions(data as unknown as DataSpec)?.samples;
  return typeof samples === 'number' ? samples - Math.round(samples * testFraction) : null;
}

function stepsOf({ epochs, batchSize }: PlainObject, points: number | null): number | null {
  if (typeof epochs !== 'number' || !(epochs >= 1)) return null;
  if (typeof batchSize !== 'number') return batchSize === 'full' ? epochs : null;
  return points === null ? null : epochs * Math.max(1, Math.floor(points / batchSize));
}
