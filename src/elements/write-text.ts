// Writes a text into an element where another one stands: what stays the same is not read out again.

export function writeText(element: Element | null | undefined, text: string): void {
  if (element && element.textContent !== text) element.textContent = text;
}
