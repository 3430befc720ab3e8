
// Which part of the page is being read, and the scripts that hold what the page shows later.
(() => {
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
