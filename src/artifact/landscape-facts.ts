// What is known of a landscape besides its tensors, kept in the file's metadata.
import type { Landscape } from '../landscape/landscape.ts';
import type { TensorReader } from './tensor-reader.ts';

export type LandscapeFacts = Pick<
  Landscape,
  'kind' | 'method' | 'explainedVariance' | 'nullExplainedVariance'
>;

export function landscapeFacts(landscape: Landscape): Record<keyof LandscapeFacts, unknown> {
  const { kind, method, explainedVariance, nullExplainedVariance } = landscape;
  return { kind, method, explainedVariance, nullExplainedVariance };
}

export function readLandscapeFacts(file: TensorReader): LandscapeFacts {
  return {
    kind: file.metadata('kind', isOneOf('pca', 'weights')),
    method: file.metadata('method', isOneOf('covariance', 'gram', 'none')),
    explainedVariance: file.metadata('explainedVariance', isNumbers),
    nullExplainedVariance: file.metadata('nullExplainedVariance', isNumbers),
  };
}

function isOneOf<T extends string>(...names: T[]) {
  return (value: unknown): value is T => names.some((name) => name === value);
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'number');
}
