// What a classifier loses that knows nothing.
import type { StudyDisplay } from '../../artifact/display.ts';

/** Cross-entropy where every class has the same probability, nats. */
export const uniformLoss = (classes: number): number => Math.log(classes);

/** Classes of the condition of this key, or of the first one where there is none. */
export const classesOf = ({ conditions }: StudyDisplay, key: string | undefined): number =>
  (conditions.find((each) => each.key === key) ?? conditions[0])?.sizes.at(-1) ?? 2;
