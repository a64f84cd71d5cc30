// A small study that is really trained and really asked, for figures that evaluate networks themselves.
import type { StudyDisplay } from '../../../src/artifact/display.ts';
import { analysisOf, type AnsweredSpec } from '../../../src/landscape/analyses/index.ts';
import type { Condition } from '../../../src/landscape/analyses/analysis.ts';
import { experimentSchema } from '../../../src/learning/experiment.ts';
import type { Executor } from '../../../src/engine/runtime/executor.ts';
import { analysisContext, trainCondition } from '../../fixtures/trained-condition.ts';

/** Four networks of eight units on two moons. */
export const trainedMoons = (
  executor: Executor,
  activation: 'tanh' | 'relu',
  settings: object = {},
): Promise<Condition> =>
  trainCondition(
    {
      key: 'small',
      title: 'small',
      experiment: experimentSchema.parse({
        name: 'small',
        data: { kind: 'moons', samples: 64, noise: 0.2 },
        hiddenSizes: [8],
        activation,
        learningRate: 0.05,
        batchSize: 16,
        epochs: 30,
        initialisations: 4,
        snapshots: 4,
        seed: 3,
        ...settings,
      }),
    },
    executor,
  );

/** What the analysis answers of the condition, as a page has it. */
export async function askedStudy(
  executor: Executor,
  condition: Condition,
  spec: AnsweredSpec,
): Promise<StudyDisplay> {
  const { result } = await analysisOf(spec).run(analysisContext(executor, [condition]), spec);
  const { key, title, experiment } = condition;
  return {
    study: {
      name: key,
      title,
      conditions: [{ key, title, experiment: experiment as never }],
      analyses: { own: spec },
    },
    provider: 'cpu',
    conditions: [],
    results: { own: result },
    claims: {},
  };
}
