// A sentence in a surface's place, or below it: why there is none, or why it stands still.
import { muted } from './surface-frame.ts';

export function appendNote(container: HTMLElement, sentence: string): void {
  const note = container.ownerDocument.createElement('p');
  note.className = 'surface-note';
  note.textContent = sentence;
  note.setAttribute('role', 'status');
  note.style.color = muted;
  note.style.font = '13px var(--font-ui, system-ui, sans-serif)';
  container.append(note);
}
