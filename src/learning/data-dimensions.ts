// How large a data set will be, known before it is made.
import { classesOf } from './datasets/points.ts';
import type { DataSpec } from './experiment.ts';

export interface DataDimensions {
  readonly samples: number;
  readonly features: number;
  readonly outputs: number;
}

/** Null for a file that has yet to be read. */
export function dataDimensions(spec: DataSpec): DataDimensions | null {
  switch (spec.kind) {
    case 'moons':
    case 'circles':
    case 'xor':
      return { samples: spec.samples, features: 2, outputs: 2 };
    case 'spirals':
      return { samples: spec.samples, features: 2, outputs: spec.classes };
    case 'blobs':
      return { samples: spec.samples, features: spec.features, outputs: spec.classes };
    case 'two-weights':
      return { samples: 1, features: 1, outputs: 1 };
    case 'digits':
      return { samples: 1797, features: 64, outputs: 10 };
    case 'points':
      return { samples: spec.points.length, features: 2, outputs: classesOf(spec) };
    case 'csv':
      return null;
  }
}
