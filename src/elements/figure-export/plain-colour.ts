// A colour of the page as every program that reads SVG knows it: neither variables nor oklch().

const known = new Map<string, { readonly colour: string; readonly opacity: number }>();
let pen: CanvasRenderingContext2D | null = null;

/** @param colour as getComputedStyle gives it. */
export function plainColour(colour: string): { readonly colour: string; readonly opacity: number } {
  const found = known.get(colour);
  if (found) return found;
  if (!pen) {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 1;
    pen = canvas.getContext('2d', { willReadFrequently: true });
  }
  if (!pen) return { colour, opacity: 1 };
  pen.clearRect(0, 0, 1, 1);
  pen.fillStyle = '#000';
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 255] = pen.getImageData(0, 0, 1, 1).data;
  const hex = [red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('');
  const plain = { colour: `#${hex}`, opacity: Math.round((alpha / 255) * 100) / 100 };
  known.set(colour, plain);
  return plain;
}
