// Words of a guess over a picture: there once it was made, gone when it is taken back.
import { expect, it } from 'vitest';
import { withGuessCaption } from '../../../../src/figures/kit/guess-caption.ts';
import { emptyContainer } from '../drawing.ts';

it('writes the guess beside the picture, once, and takes it away', () => {
  const container = emptyContainer();
  const { picture, caption } = withGuessCaption(container);
  picture.textContent = 'a surface';
  caption.set(null);
  expect(container.textContent).toBe('a surface');
  caption.set('one place');
  caption.set('many places');
  expect(container.textContent).toBe('a surfaceyour guess: many places');
  caption.set(null);
  expect(container.textContent).toBe('a surface');
});
