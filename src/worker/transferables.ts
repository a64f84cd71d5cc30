// Which memory of a message can change hands instead of being copied.

/** Every ArrayBuffer under a plain value, once; shared memory and WebAssembly's own are left to be copied. */
export function transferablesIn(value: unknown, found = new Set<ArrayBuffer>()): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) {
    const { buffer, byteLength } = value;
    if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) found.add(buffer);
  } else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) transferablesIn(part, found);
  }
  return [...found];
}
