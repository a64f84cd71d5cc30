// What a system's own file manager leaves in folders that it has shown: nobody's work.
export const fileManagerFiles: ReadonlySet<string> = new Set([
  '.DS_Store',
  'Thumbs.db',
  'desktop.ini',
]);
