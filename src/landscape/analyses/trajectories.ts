// How flat the path of one descent is, and how flat a walk would be that learns nothing.
import { gatherRows } from '../rows.ts';
import { defineAnalysis, ofEach, soundNetworks, turn, type Condition } from './analysis.ts';
import { forComputing } from './numeric-array.ts';
import { componentsOf, randomPlaneShare } from './trajectories/path-components.ts';
import { antogniniClaim, liClaim } from './trajectories/trajectories-claims.ts';
import { randomPlaneOf, trajectoryAgain, walksOf } from './trajectories/trajectories-derived.ts';
import { recheckFirstPath } from './trajectories/trajectories-rechecks.ts';
import {
  trajectoriesSchema,
  type TrajectoriesResult,
  type TrajectoryResult,
} from './trajectories/trajectories-result.ts';

export const trajectories = defineAnalysis({
  schema: trajectoriesSchema,
  title: 'how flat the path of one descent is, beside a random walk',
  async answer(context, spec): Promise<TrajectoriesResult> {
    const conditions: Record<string, TrajectoryResult> = {};
    for (const [index, condition] of context.conditions.entries()) {
      await turn(context.signal);
      conditions[condition.key] = measure(condition, spec.networks, spec.draws);
      context.onProgress((index + 1) / context.conditions.length);
    }
    return { conditions };
  },
  async derived(context, spec, tensors) {
    const conditions = await ofEach(context, (condition) =>
      trajectoryAgain(condition, spec.networks, tensors.conditions[condition.key]!),
    );
    return { conditions };
  },
  claims(_, __, { conditions }: TrajectoriesResult) {
    const all = Object.entries(conditions);
    return [
      ...all.map(([key, each]) => liClaim(each, all.length > 1 ? `-${key}` : '')),
      // Walks know nothing of how networks were trained: one of all conditions speaks for them.
      antogniniClaim(all[0]![1]),
    ];
  },
  async recheck(context, { draws }, result) {
    return context.conditions.flatMap((condition) =>
      recheckFirstPath(condition, draws, result.conditions[condition.key] as TrajectoryResult),
    );
  },
});

function measure(
  { history, experiment, ...condition }: Condition,
  most: number,
  draws: number,
): TrajectoryResult {
  const { parameters: P, networks: N, snapshots, snapshotSteps } = history;
  const { seed } = experiment;
  const S = snapshotSteps.length;
  const networks = soundNetworks({ experiment, ...condition }).slice(0, most);
  const paths = networks.map((network) =>
    gatherRows(
      snapshots,
      P,
      Array.from({ length: S }, (_, s) => s * N + network),
    ),
  );
  const shares = paths.map((path, m) =>
    randomPlaneShare(path, P, { draws, first: m * draws, seed }),
  );
  return {
    networks,
    points: S,
    dimensions: P,
    descent: componentsOf(paths, S, P, seed),
    randomPlane: randomPlaneOf(forComputing([paths.length], shares), shares, P, seed),
    walk: walksOf(networks.length, S, P, seed),
    firstPath: forComputing([S, P], paths[0]!),
  };
}
