
// What the scripts of a page share. Auto, light, dark: the choice is kept where the browser lets a page from disk keep one.
const zf = {};
(() => {
  const button = document.getElementById("theme");
  const themes = { auto: "as the system has them", light: "light", dark: "dark" };
  const kept = { get: () => { try { return localStorage.getItem("zf-theme"); } catch { return null; } }, set: value => { try { localStorage.setItem("zf-theme", value); } catch { } } };
  const apply = name => {
    if (name === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = name;
    button.textContent = name[0].toUpperCase() + name.slice(1);
    button.setAttribute("aria-label", `${button.textContent}: colours ${themes[name]}`);
    button.dataset.now = name;
  };
  apply(kept.get() in themes ? kept.get() : "auto");
  button.addEventListener("click", () => {
    const names = Object.keys(themes);
    const next = names[(names.indexOf(button.dataset.now) + 1) % names.length];
    apply(next);
    kept.set(next);
  });
})();
