
// A map enlarged: each unit's projection beside its patch, with everything that is known of it.
(() => {
  const dialog = document.getElementById("zoom"), title = document.getElementById("zoom-title"), pairs = dialog.querySelector(".pairs"), hint = dialog.querySelector(".hint");
  let shown = null;

  const show = async (map, rank) => {
    shown = map;
    await zf.ready(map);
    const data = zf.layerOf(map), slot = Number(map.dataset.slot), { map: number, units } = data.maps[slot];
    title.textContent = `${data.layer}, map ${number}`;
    hint.textContent = units.length ? `One scale for all projections of the layer: black −${data.scale}, mid grey 0, white +${data.scale}.` : "Dead: no image excites it.";
    pairs.replaceChildren(...units.map((unit, i) => {
      const item = document.createElement("li"), canvas = document.createElement("canvas"), text = document.createElement("div");
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", `projection and patch of unit ${i + 1}: ${unit[1]}, ${unit[0]}`);
      text.append(...zf.describe(data, slot, i));
      item.append(canvas, text);
      item.classList.toggle("chosen", i === rank && rank > 0);
      return item;
    }));
    if (!dialog.open) dialog.showModal();
    if (!units.length) return;
    const images = await zf.sheets(map);
    if (shown !== map) return;
    const ratio = Math.min(devicePixelRatio || 1, 2), side = Math.round(220 * ratio), tall = Math.round(side * data.tileHeight / data.tileWidth), gap = Math.round(6 * ratio);
    pairs.querySelectorAll("canvas").forEach((canvas, i) => {
      canvas.width = 2 * side + gap;
      canvas.height = tall;
      const pen = canvas.getContext("2d");
      images.forEach((image, kind) => zf.drawTile(pen, image, data, slot, i, kind * (side + gap), 0, side, tall));
    });
    pairs.querySelector(".chosen")?.scrollIntoView({ block: "nearest" });
  };
  zf.zoom = (map, rank) => show(map, rank).catch(problem => { hint.textContent = problem.message; if (!dialog.open) dialog.showModal(); });

  const step = by => {
    const all = [...shown.closest(".maps").querySelectorAll("li:not([hidden]) > .map")];
    zf.zoom(all[(all.indexOf(shown) + by + all.length) % all.length], 0);
    history.replaceState(null, "", `#${shown.id}`);
  };
  dialog.addEventListener("click", event => {
    if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
    else if (event.target.closest("[data-step]")) step(Number(event.target.closest("[data-step]").dataset.step));
  });
  dialog.addEventListener("keydown", event => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by) { event.preventDefault(); step(by); }
  });
  dialog.addEventListener("close", () => { history.replaceState(null, "", `#${shown.id}`); zf.goTo(shown.id); });
})();
