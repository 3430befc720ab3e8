
// Auto, light, dark: the choice is kept where the browser lets a page from disk keep one.
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

  // Which part of the page is being read.
  const nav = document.querySelector("nav");
  const links = new Map([...document.querySelectorAll("nav a")].map(link => [link.hash.slice(1), link]));
  const visible = new Set();
  const watch = new IntersectionObserver(entries => {
    for (const entry of entries) visible[entry.isIntersecting ? "add" : "delete"](entry.target.id);
    const last = [...links.keys()].filter(id => visible.has(id)).pop();
    for (const [id, link] of links) {
      if (id === last) { link.setAttribute("aria-current", "true"); nav.scrollLeft = link.offsetLeft - 16; }
      else link.removeAttribute("aria-current");
    }
  }, { rootMargin: "-8% 0px -80% 0px" });
  for (const id of links.keys()) watch.observe(document.getElementById(id));

  // A page from disk may not fetch, but it may load scripts.
  const loading = new Map();
  zf.load = source => {
    if (!loading.has(source)) loading.set(source, new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = source;
      script.onload = done;
      script.onerror = () => failed(new Error(`${source} is missing: make the report again`));
      document.head.append(script);
    }));
    return loading.get(source);
  };
})();
