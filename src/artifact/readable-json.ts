// JSON for people to read: indented, one entry a line.

export const readableJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
