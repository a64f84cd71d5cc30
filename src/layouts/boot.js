// Runs before the first paint: says that scripts run, and brings back the theme that the reader chose.
document.documentElement.classList.add('js');
try {
  const theme = localStorage.getItem('atlas-theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden; the system's theme then stands.
}
