// Before the first paint: the light or dark the person chose, if they chose one.
try {
  var theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch (_) {
  // A browser that keeps nothing follows the system.
}
