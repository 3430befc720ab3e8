
// A map enlarged: each unit's projection beside its patch, with everything that is known of it.
(() => {
  const dialog = document.getElementById("zoom"), title = document.getElementById("zoom-title"), pairs = dialog.querySelector(".pairs"), hint = dialog.querySelector(".hint");
  const own = document.getElementById("own-scale");
  // A projection's shades are whole numbers: stretched more than that, steps between them would be seen.
  const mostStretch = 16;
  let shown = null;

  const scaleOf = data => own.checked
    ? "Each projection on its own scale: its largest absolute value is black or white, 0 mid grey. A weak projection looks like a strong one; the scale stands below each."
    : `One scale for all projections of the layer: black −${data.scale}, mid grey 0, white +${data.scale}.`;

  /** The whole image, and a frame of two shades, so that it is seen on any, around the unit's window. */
  const frame = (canvas, sheet, data, [, , row, column, , , [x, y]], side) => {
    const { width, height } = data.images, [top, bottom] = zf.windowOf(data, 0, row), [left, right] = zf.windowOf(data, 1, column), pen = canvas.getContext("2d");
    Object.assign(canvas, { width: side, height: Math.round(side * data.input[0] / data.input[1]) });
    pen.imageSmoothingEnabled = Math.max(width, height) > 32;
    pen.drawImage(sheet, x, y, width, height, 0, 0, canvas.width, canvas.height);
    const line = Math.max(1, Math.round(side / 110)), box = [left * canvas.width, top * canvas.height, (right - left) * canvas.width, (bottom - top) * canvas.height];
    for (const [color, inset] of [["#000", line / 2], ["#fff", line * 1.5]]) {
      pen.strokeStyle = color;
      pen.lineWidth = line;
      pen.strokeRect(box[0] + inset, box[1] + inset, box[2] - 2 * inset, box[3] - 2 * inset);
    }
  };

  /** Mid grey stays where it is when contrast is raised, so that only the scale changes. */
  const rescale = (data, units) => {
    hint.textContent = scaleOf(data);
    pairs.querySelectorAll(".pictures").forEach((pictures, i) => {
      const stretch = own.checked && units[i][5] ? Math.min(mostStretch, 1 / units[i][5]) : 1;
      pictures.firstChild.style.filter = stretch > 1 ? `contrast(${stretch})` : "";
      pictures.parentElement.querySelector(".own-scale")?.remove();
      if (!own.checked) return;
      const text = document.createElement("div");
      text.className = "own-scale";
      text.textContent = `scale ±${Number((data.scale / stretch).toPrecision(3))}`;
      pictures.after(text);
    });
  };
  own.addEventListener("change", () => { const data = zf.layerOf(shown); rescale(data, data.maps[Number(shown.dataset.slot)].units); });

  const show = async (map, rank) => {
    shown = map;
    await zf.ready(map);
    const data = zf.layerOf(map), slot = Number(map.dataset.slot), { map: number, units } = data.maps[slot];
    title.textContent = `${data.layer}, map ${number}`;
    hint.textContent = units.length ? scaleOf(data) : "Dead: no image excites it.";
    own.parentElement.hidden = !units.some(unit => unit[5]);
    pairs.replaceChildren(...units.map((unit, i) => {
      const item = document.createElement("li"), text = document.createElement("div"), pictures = document.createElement("div");
      pictures.className = "pictures";
      pictures.append(...[`projection of unit ${i + 1}`, `patch that caused it: ${unit[1]}, ${unit[0]}`, ...data.images && unit[6] ? [`the whole image, a frame around what unit ${i + 1} sees`] : []].map(name => {
        const canvas = document.createElement("canvas");
        canvas.setAttribute("role", "img");
        canvas.setAttribute("aria-label", name);
        return canvas;
      }));
      text.append(...zf.describe(data, slot, i));
      item.append(pictures, text);
      item.classList.toggle("chosen", i === rank && rank > 0);
      return item;
    }));
    if (!dialog.open) dialog.showModal();
    if (!units.length) return;
    const [sheets, whole] = await Promise.all([zf.sheets(map), zf.wholeImages(map)]);
    if (shown !== map) return;
    const ratio = Math.min(devicePixelRatio || 1, 2), side = Math.round(220 * ratio), tall = Math.round(side * data.tileHeight / data.tileWidth);
    pairs.querySelectorAll(".pictures").forEach((pictures, i) => {
      const [projection, patch, image] = pictures.children;
      for (const [canvas, sheet] of [[projection, sheets[0]], [patch, sheets[1]]]) {
        Object.assign(canvas, { width: side, height: tall });
        zf.drawTile(canvas.getContext("2d"), sheet, data, slot, i, 0, 0, side, tall, "rgb(128 128 128 / .22)");       // no contrast changes this grey
      }
      if (image) frame(image, whole, data, units[i], side);
    });
    rescale(data, units);
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
