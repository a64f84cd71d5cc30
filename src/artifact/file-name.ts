// Names of files and folders that every system takes: what Windows, macOS or Linux would refuse, or read as something else, is changed.

/** Bytes of UTF-8: Linux takes 255, and a name may still get something before or behind it. */
const longest = 200;
/** Bytes of an ending that is kept where a name is cut, the point included. */
const longestEnding = 40;

/** Separators, what Windows refuses, control characters, halves of characters, line ends and marks that turn the direction of a text. */
const refused = /[<>:"/\\|?*\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
/** Devices of Windows, whatever comes behind a point: `con`, `NUL.txt`. */
const device = /^(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$|clock\$) *(\.|$)/i;

/**
 * The name of a file or folder, never a path and never empty. A name that every system takes stays as it is.
 * @param instead for a name of which nothing is left.
 */
export function safeFileName(name: string, instead = 'file'): string {
  const plain = shortened(trimmed(name.replace(refused, '-')) || instead);
  return device.test(plain) ? shortened(`_${plain}`) : plain;
}

/** Windows drops points and spaces at the end; a point at the beginning hides a file, and two of them are a folder. */
const trimmed = (name: string): string => name.replace(/^[\s.]+|[\s.]+$/g, '');

function shortened(name: string): string {
  if (bytesOf(name) <= longest) return name;
  const point = name.lastIndexOf('.');
  const ending = point > 0 && bytesOf(name.slice(point)) <= longestEnding ? name.slice(point) : '';
  let stem = '';
  let room = longest - bytesOf(ending);
  for (const letter of name.slice(0, name.length - ending.length)) {
    room -= bytesOf(letter);
    if (room < 0) break;
    stem += letter;
  }
  return `${trimmed(stem)}${ending}`;
}

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** Whether two names are one file somewhere: by Windows and macOS for letters of another case, by macOS for the forms of an accent. */
export const isSameFile = (a: string, b: string): boolean => keyOf(a) === keyOf(b);

const keyOf = (name: string): string => name.normalize('NFKC').toUpperCase().toLowerCase();

/** The names in their order, safe, and each that is taken with a number before its ending: `README.txt`, `readme-2.txt`. */
export function distinctFileNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const safe = safeFileName(name);
    let made = safe;
    for (let number = 2; taken.has(keyOf(made)); number++) made = numbered(safe, number);
    taken.add(keyOf(made));
    return made;
  });
}

const numbered = (name: string, number: number): string =>
  name.replace(/(?=\.[^.]*$)|(?<!\..*)$/, `-${number}`);
