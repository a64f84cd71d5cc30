// Runs before the first paint: says that scripts run, brings back the theme that the reader chose, and keeps Zod from evaluating code.
document.documentElement.classList.add('js');
try {
  const theme = localStorage.getItem('atlas-theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden; the system's theme then stands.
}
// What `z.config({ jitless: true })` sets, before any schema is made, in whatever order the page's scripts come: Zod
// would try whether it may evaluate code, and the page's policy, which forbids it, would report that.
globalThis.__zod_globalConfig = { jitless: true };
