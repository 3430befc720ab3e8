
// Sorts the maps of each layer, and shows those that are asked for. The choice stands in the address of the page as ?sort=value&class=Coat, and outlives a reload.
(() => {
  const form = document.getElementById("sift");
  if (!form) return;
  const fields = ["sort", "state", "class", "layer"], lists = [...document.querySelectorAll(".maps")], first = new Map(lists.map(list => [list, [...list.children]]));
  const by = {
    value: (a, b) => Number(b.dataset.value ?? -Infinity) - Number(a.dataset.value ?? -Infinity),
    class: (a, b) => (a.dataset.class === undefined) - (b.dataset.class === undefined) || (a.dataset.class ?? "").localeCompare(b.dataset.class ?? "") || Number(b.dataset.share) - Number(a.dataset.share),
  };
  const button = item => item.firstElementChild;
  const isShown = ({ dataset }, state, name) => (state === "" || (state === "dead") === (dataset.value === undefined)) && (name === "" || dataset.class === name);

  const apply = () => {
    const [sort, state, name, layer] = fields.map(field => form.elements[field].value);
    let shown = 0, all = 0;
    for (const [list, items] of first) {
      const section = list.closest(".layer"), isAsked = layer === "" || section.id === layer;
      section.hidden = !isAsked;
      const order = by[sort] ? [...items].sort((a, b) => by[sort](button(a), button(b))) : items;
      if (order.some((item, i) => item !== list.children[i])) list.append(...order);
      for (const item of items) {
        item.hidden = !isShown(button(item), state, name);
        all++;
        if (isAsked && !item.hidden) shown++;
      }
      // One stop of the tab key: the first that is shown.
      const stop = order.find(item => !item.hidden);
      for (const item of items) button(item).tabIndex = item === stop ? 0 : -1;
    }
    form.elements.count.textContent = shown === all ? "" : shown === 0 ? "No map is like that." : `${shown} of ${all} maps`;
  };
  /** Shows everything again: what is gone to must be there. */
  zf.showAll = () => { form.reset(); apply(); keep(); };
  const keep = () => {
    const query = new URLSearchParams(fields.map(field => [field, form.elements[field].value]).filter(([, value]) => value)).toString();
    try { history.replaceState(null, "", `${location.pathname}${query && `?${query}`}${location.hash}`); } catch { /* a page that has no address of its own */ }
  };
  for (const [field, value] of new URLSearchParams(location.search)) if (fields.includes(field) && [...form.elements[field].options].some(option => option.value === value)) form.elements[field].value = value;
  form.addEventListener("input", () => { apply(); keep(); });
  form.addEventListener("submit", event => event.preventDefault());
  apply();
})();
