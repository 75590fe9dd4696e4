// Before the first paint, so that a dark page never flashes white. A file of its own: the page's CSP allows no inline script.
try {
  const theme = localStorage.getItem('rapport.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  document.documentElement.dataset.density = localStorage.getItem('rapport.density') || 'compact';
} catch {
  // Storage is forbidden in some private windows: the system's theme then shows.
}
