// The elements that chapters are written with; they need no import in the MDX.
import Aside from './Aside.astro';
import Cite from './Cite.astro';
import Figure from './Figure.astro';
import LiveRetrain from './LiveRetrain.astro';
import Note from './Note.astro';
import ReferencesHere from './ReferencesHere.astro';
import Scrolly from './Scrolly.astro';
import Step from './Step.astro';
import Term from './Term.astro';
import TwoWeights from './TwoWeights.astro';
import Value from './Value.astro';

export const vocabulary = {
  Aside,
  Cite,
  Figure,
  LiveRetrain,
  Note,
  References: ReferencesHere,
  Scrolly,
  Step,
  Term,
  TwoWeights,
  Value,
};
