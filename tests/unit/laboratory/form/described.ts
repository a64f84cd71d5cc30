// A form's HTML read as a browser reads it: what its controls say before anybody touches them.
import { parseHTML } from 'linkedom';
import type { Controls } from '../../../../src/laboratory/form/read-fields.ts';

export interface Drawn {
  readonly root: HTMLElement;
  readonly controls: Controls;
  /** Names of all controls. */
  readonly names: readonly string[];
}

/** @param texts what somebody typed instead, by control name. */
export function drawn(
  html: string,
  kept: ReadonlyMap<string, unknown> = new Map(),
  texts: ReadonlyMap<string, string> = new Map(),
): Drawn {
  const { document } = parseHTML(`<!doctype html><html><body><div>${html}</div></body></html>`);
  const root = document.querySelector('div') as unknown as HTMLElement;
  const all = (name: string) => [...root.querySelectorAll(`[name="${name}"]`)];
  return {
    root,
    names: [...root.querySelectorAll('[name]')].map((one) => one.getAttribute('name') ?? ''),
    controls: {
      text(name) {
        const typed = texts.get(name);
        if (typed !== undefined) return typed;
        const [control] = all(name);
        if (!control) return null;
        if (control.getAttribute('type') === 'checkbox')
          return String(control.hasAttribute('checked'));
        if (control.localName !== 'select') return control.getAttribute('value') ?? '';
        const options = [...control.querySelectorAll('option')];
        const chosen = options.find((one) => one.hasAttribute('selected')) ?? options[0];
        return chosen?.getAttribute('value') ?? '';
      },
      ticked: (name) =>
        all(name)
          .filter((one) => one.hasAttribute('checked'))
          .map((one) => one.getAttribute('value') ?? ''),
      kept: (path) => kept.get(path),
      entries: (path) => Object.keys((kept.get(path) ?? {}) as object),
    },
  };
}
