// Whether the parts of an artifact agree with each other and with its configuration.
import { convergenceStatistics } from '../landscape/statistics.ts';
import type { Landscape, Plane } from '../landscape/landscape.ts';
import type { TrainingHistory } from '../learning/history.ts';
import { initialPopulation } from '../learning/initial-weights.ts';
import type { NetworkShape } from '../learning/network-shape.ts';
import type { PreparedData } from '../learning/samples.ts';
import { ArtifactError } from './artifact-error.ts';
import { canonicalJson } from './canonical-json.ts';
import { checkDerived } from './check-again.ts';
import type { Manifest } from './manifest.ts';
import { runFacts, type RunFacts } from './run-facts.ts';
import { weightsHash } from './start-weights.ts';

export function checkSizes(
  { experiment, network }: Manifest,
  history: TrainingHistory,
  landscape: Landscape,
  plane: Plane,
  where: string,
): string {
  const found = {
    networks: [experiment.initialisations, history.networks],
    'weights of a network': [network.parameters, history.parameters],
    'weights of the plane': [network.parameters, plane.origin.length],
    'snapshots of the landscape': [history.snapshotSteps.length, landscape.snapshotSteps.length],
    'grid points a side': [experiment.grid.size, landscape.xs.length],
  };
  for (const [what, [expected, actual]] of Object.entries(found)) {
    if (expected !== actual) {
      throw new ArtifactError(
        `${where}: ${what} are ${actual} where ${expected} were expected; run the experiment again`,
      );
    }
  }
  return `tensors: ${history.networks} networks of ${history.parameters} weights, ${history.snapshotSteps.length} snapshots, sizes agree`;
}

/** The initial weights are those that the seed gives, or those of the file that was hashed, bit for bit. */
export async function checkInitialWeights(
  { experiment, network, start }: Manifest,
  { networks, parameters, snapshots }: TrainingHistory,
  where: string,
): Promise<string> {
  const { activation, residual, bias, initialiser, seed } = experiment;
  if (experiment.start) {
    const initial = snapshots.subarray(0, networks * parameters);
    if ((await weightsHash(initial)) === start?.sha256) {
      return `initial weights: those of ${experiment.start.path}, by their SHA-256`;
    }
    throw new ArtifactError(
      `${where}: the initial weights are not those that were read from ${experiment.start.path}; run the experiment again`,
    );
  }
  const shape: NetworkShape = { sizes: network.sizes, activation, residual, bias };
  const drawn = initialPopulation(shape, initialiser, seed, networks);
  for (let i = 0; i < networks * parameters; i++) {
    if (Object.is(drawn[i], snapshots[i])) continue;
    throw new ArtifactError(
      `${where}: weight ${i % parameters} of network ${Math.floor(i / parameters)} starts at ${snapshots[i]} where seed ${seed} gives ${drawn[i]}; run the experiment again`,
    );
  }
  return `initial weights: those of seed ${seed}, bit for bit`;
}

/** The statistics are those of the curves. */
export function checkStatistics(
  { experiment, statistics }: Manifest,
  { curves, divergedAt }: TrainingHistory,
  where: string,
): string {
  const again = convergenceStatistics(curves, experiment, divergedAt);
  for (const [name, value] of Object.entries(again)) {
    const told = statistics[name as keyof typeof again];
    if (canonicalJson(value) === canonicalJson(told)) continue;
    throw new ArtifactError(
      `${where}: the statistic ${name} does not follow from the curves; run the experiment again`,
    );
  }
  return 'statistics: follow from the curves';
}

/** What the manifest says of seeds, data and network is what the experiment and its data give. */
export function checkFacts(
  manifest: Manifest,
  data: PreparedData,
  dataHash: string,
  where: string,
): string {
  const { experiment, start } = manifest;
  const facts = runFacts(experiment, data, {
    dataHash,
    startHash: experiment.start && start?.sha256,
  });
  const names: readonly (keyof RunFacts)[] = ['name', 'seeds', 'data', 'start', 'network'];
  const told = Object.fromEntries(names.map((name) => [name, manifest[name]]));
  const count = checkDerived(told, facts, where);
  return `facts: ${count} of seeds, data and network, as the experiment and its data give them`;
}
