// The controls in the page as the reading wants them.
import type { Controls } from './read-fields.ts';

export type Control = HTMLInputElement | HTMLSelectElement;

/** All controls with a name, by name; several checkboxes share one. */
export function controlsIn(root: ParentNode): Map<string, Control[]> {
  const found = new Map<string, Control[]>();
  for (const control of root.querySelectorAll<Control>('[name]')) {
    const same = found.get(control.name);
    if (same) same.push(control);
    else found.set(control.name, [control]);
  }
  return found;
}

export const isCheckbox = (control: Control): control is HTMLInputElement =>
  control.type === 'checkbox';

/**
 * @param kept what facts hold, by path, and what texts were before a control changed them (line breaks, say).
 */
export function domControls(
  root: ParentNode,
  kept: ReadonlyMap<string, unknown>,
  originals: ReadonlyMap<Control, { readonly shown: string; readonly text: string }>,
): Controls {
  const controls = controlsIn(root);
  return {
    text(name) {
      const control = controls.get(name)?.[0];
      if (!control) return null;
      if (isCheckbox(control)) return String(control.checked);
      const original = originals.get(control);
      return original && original.shown === control.value ? original.text : control.value;
    },
    ticked: (name) =>
      (controls.get(name) ?? [])
        .filter((control) => isCheckbox(control) && control.checked)
        .map(({ value }) => value),
    kept: (path) => kept.get(path),
    entries: (path) => {
      const value = kept.get(path);
      return typeof value === 'object' && value !== null ? Object.keys(value) : [];
    },
  };
}

/** For each control that no longer says what the HTML says: what makes that change once more. */
export function changedSinceDrawn(root: ParentNode): (() => void)[] {
  const controls = root.querySelectorAll<Control>('[name], [data-slider]');
  return [...controls].flatMap((control) => {
    const { value } = control;
    const checked = isCheckbox(control) && control.checked;
    if (!isChanged(control)) return [];
    return () => {
      control.value = value;
      if (isCheckbox(control)) control.checked = checked;
      control.dispatchEvent(new Event('input', { bubbles: true }));
    };
  });
}

function isChanged(control: Control): boolean {
  if (isCheckbox(control)) return control.checked !== control.defaultChecked;
  if (control instanceof HTMLInputElement) return control.value !== control.defaultValue;
  const chosen = control.selectedOptions[0];
  return chosen !== undefined && !chosen.defaultSelected;
}
