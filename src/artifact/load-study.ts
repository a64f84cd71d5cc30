// The type of what figures of several conditions draw, under the name by which they import it.
export type { StudyDisplay } from './display.ts';
