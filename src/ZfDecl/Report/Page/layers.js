
// Feature maps: pictures are drawn from the sheets when a map comes near the view, and dropped when it has left.
(() => {
  const layers = new Map(), sheets = new Map();
  const tip = document.getElementById("tip");
  zf.layer = (key, data) => layers.set(key, data);
  zf.layerOf = map => layers.get(layerKey(map));

  const holder = map => map.closest("[data-layer]");
  const layerKey = map => holder(map).dataset.layer;
  const slotOf = map => Number(map.dataset.slot);
  zf.ready = map => zf.load(holder(map).dataset.source);

  const sheet = (key, file) => {
    const path = `layers/${key}/${file}`;
    if (!sheets.has(path)) {
      const image = new Image();
      image.src = path;
      sheets.set(path, image.decode().then(() => image));
    }
    return sheets.get(path);
  };

  /** The two sheets that hold a map: projections and patches. */
  zf.sheets = map => {
    const key = layerKey(map), data = layers.get(key), number = Math.floor(slotOf(map) / data.mapsPerSheet);
    return Promise.all([sheet(key, data.projections[number]), sheet(key, data.patches[number])]);
  };

  /** The sheet of the whole images that windows are cut out of; null where a window is the whole image. */
  zf.wholeImages = map => { const data = layers.get(layerKey(map)); return data.images ? sheet(layerKey(map), data.images.file) : Promise.resolve(null); };

  /** A unit's window in shares of the image, from … to, along an axis: the window is the whole side where it is as long. */
  zf.windowOf = ({ window, input, field }, axis, place) => {
    const from = window[axis] < input[axis] ? place * field[axis] + field[2 + axis] : 0;
    return [Math.max(0, from) / input[axis], Math.min(input[axis], from + window[axis]) / input[axis]];
  };

  /** Which share of a unit's window lies inside of the image, from … to, along an axis. */
  const inside = ({ window, input, field }, axis, place) => {
    const from = window[axis] < input[axis] ? place * field[axis] + field[2 + axis] : 0;
    return [Math.max(0, -from) / window[axis], Math.min(window[axis], input[axis] - from) / window[axis]];
  };

  /** Draws one tile; small windows in squares, large ones smoothly. What lies inside of the image is cut out first: smoothing would mix its neighbours in. */
  const cut = document.createElement("canvas"), cutter = cut.getContext("2d");
  zf.drawTile = (pen, image, data, slot, rank, x, y, width, height, outside = "rgb(128 136 150 / .22)") => {
    const { tileWidth: w, tileHeight: h } = data, [, , row, column] = data.maps[slot].units[rank];
    const [top, bottom] = inside(data, 0, row).map(share => Math.round(share * h)), [left, right] = inside(data, 1, column).map(share => Math.round(share * w));
    const [wide, tall] = [Math.max(1, right - left), Math.max(1, bottom - top)];
    if (cut.width !== wide || cut.height !== tall) Object.assign(cut, { width: wide, height: tall });
    cutter.drawImage(image, rank * data.pitchX + left, slot % data.mapsPerSheet * data.pitchY + top, wide, tall, 0, 0, wide, tall);
    pen.imageSmoothingEnabled = Math.max(w, h) > 16;
    pen.imageSmoothingQuality = "high";
    pen.fillStyle = outside;
    pen.fillRect(x, y, width, height);
    pen.clearRect(x + left / w * width, y + top / h * height, (right - left) / w * width, (bottom - top) / h * height);
    pen.drawImage(cut, x + left / w * width, y + top / h * height, (right - left) / w * width, (bottom - top) / h * height);
  };

  const gap = 2, between = 10;
  const places = (data, width) => {
    const across = Math.ceil(Math.sqrt(data.top));
    const side = (width - between - 2 * (across - 1) * gap) / (2 * across), tall = side * data.tileHeight / data.tileWidth;
    const block = across * (side + gap) - gap + between;
    return { side, tall, at: (rank, kind) => [kind * block + rank % across * (side + gap), Math.floor(rank / across) * (tall + gap)] };
  };

  const draw = async map => {
    const tiles = map.querySelector(".tiles");
    if (!tiles || tiles.firstChild) return;
    await zf.ready(map);
    const data = zf.layerOf(map), slot = slotOf(map), images = await zf.sheets(map);
    if (tiles.firstChild || !map.near) return;
    const ratio = Math.min(devicePixelRatio || 1, 2), canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
    const width = tiles.clientWidth, { side, tall, at } = places(data, width);
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(tiles.clientHeight * ratio);
    canvas.setAttribute("aria-hidden", "true");
    pen.scale(ratio, ratio);
    data.maps[slot].units.forEach((_, rank) => images.forEach((image, kind) => zf.drawTile(pen, image, data, slot, rank, ...at(rank, kind), side, tall)));
    tiles.append(canvas);
    map.dataset.drawn = "";
    performance.mark("zf-picture");
  };

  const near = new IntersectionObserver(entries => {
    for (const { target, isIntersecting } of entries) {
      target.near = isIntersecting;
      if (isIntersecting) draw(target).catch(problem => { target.querySelector(".tiles").textContent = problem.message; });
      else { target.querySelector(".tiles")?.replaceChildren(); delete target.dataset.drawn; }
    }
  }, { rootMargin: "400px 0px" });
  const maps = [...document.querySelectorAll(".map")];
  for (const map of maps) near.observe(map);

  let redraw = 0;
  addEventListener("resize", () => {
    clearTimeout(redraw);
    redraw = setTimeout(() => { for (const map of maps) if (map.near) { map.querySelector(".tiles")?.replaceChildren(); draw(map); } }, 150);
  });

  // What is under the pointer, or was asked for by key.
  const rankAt = (map, event) => {
    const data = zf.layerOf(map), tiles = map.querySelector(".tiles");
    if (!data || !tiles) return 0;
    const box = tiles.getBoundingClientRect(), { side, tall, at } = places(data, box.width);
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const away = rank => Math.min(...[0, 1].map(kind => { const [left, top] = at(rank, kind); return Math.hypot(left + side / 2 - x, top + tall / 2 - y); }));
    return data.maps[slotOf(map)].units.reduce((best, _, rank) => away(rank) < away(best) ? rank : best, 0);
  };
  zf.describe = (data, slot, rank) => {
    const [name, label, y, x, value] = data.maps[slot].units[rank];
    const made = (tag, text) => { const part = document.createElement(tag); part.textContent = text; return part; };
    return [made("b", label), " ", made("span", name), document.createElement("br"), `unit at row ${y}, column ${x}: ${value} · ${rank + 1} of ${data.maps[slot].units.length}`];
  };
  const tell = async (map, rank, x, y) => {
    await zf.ready(map);
    const data = zf.layerOf(map);
    if (!data.maps[slotOf(map)].units[rank]) return;
    tip.replaceChildren(...zf.describe(data, slotOf(map), rank));
    tip.hidden = false;
    map.setAttribute("aria-describedby", "tip");
    map.dataset.rank = rank;
    const { width, height } = tip.getBoundingClientRect();
    tip.style.left = `${Math.max(4, Math.min(x + 14, innerWidth - width - 8))}px`;
    tip.style.top = `${y + 18 + height > innerHeight ? Math.max(4, y - height - 10) : y + 18}px`;
  };
  const below = map => { const box = map.getBoundingClientRect(); return [box.left, box.bottom - 18]; };
  const mapOf = event => event.target.closest?.(".map");
  const hush = event => { tip.hidden = true; mapOf(event)?.removeAttribute("aria-describedby"); };
  addEventListener("pointermove", event => { const map = mapOf(event); if (map && event.pointerType === "mouse") tell(map, rankAt(map, event), event.clientX, event.clientY); else if (!map && !document.activeElement?.matches(".map")) tip.hidden = true; });
  addEventListener("focusin", event => { const map = mapOf(event); if (map?.matches(":focus-visible")) tell(map, 0, ...below(map)); });
  addEventListener("focusout", hush);
  addEventListener("scroll", () => { tip.hidden = true; }, { passive: true });

  // One stop of the tab key a layer; arrows go on from there.
  const move = (map, key) => {
    const all = [...map.closest(".maps").querySelectorAll("li:not([hidden]) > .map")], now = all.indexOf(map), box = map.getBoundingClientRect();
    const columns = Math.max(1, Math.round(map.closest(".maps").clientWidth / map.closest("li").getBoundingClientRect().width - .25));
    const next = { ArrowRight: now + 1, ArrowLeft: now - 1, ArrowDown: now + columns, ArrowUp: now - columns, Home: 0, End: all.length - 1 }[key];
    if (next === undefined || !all[next]) return false;
    focus(all[next]);
    return true;
  };
  const focus = map => {
    for (const stop of map.closest(".maps").querySelectorAll('.map[tabindex="0"]')) stop.tabIndex = -1;
    map.tabIndex = 0;
    map.focus({ preventScroll: true });
    map.scrollIntoView({ block: "nearest" });
  };
  addEventListener("keydown", event => {
    const map = event.target.closest?.(".maps .map");
    if (!map || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key >= "1" && event.key <= "9") tell(map, Number(event.key) - 1, ...below(map));
    else if (!move(map, event.key)) return;
    event.preventDefault();
  });
  addEventListener("click", event => { const map = mapOf(event); if (map?.matches(".maps .map")) { event.preventDefault(); tip.hidden = true; zf.zoom(map, event.detail ? rankAt(map, event) : Number(map.dataset.rank ?? 0)); } });

  // #conv3-117
  zf.goTo = id => {
    const map = document.getElementById(id);
    if (!map?.matches(".maps .map")) return false;
    if (map.closest("[hidden]")) zf.showAll();
    for (const other of document.querySelectorAll(".map.chosen")) other.classList.remove("chosen");
    map.classList.add("chosen");
    focus(map);
    settle(map, "center");
    return true;
  };

  // Rows that were never shown have a guessed height: what is gone to moves while they are laid out, and is followed until it rests.
  const settle = (target, block) => {
    let still = 0, before = NaN, frames = 0;
    const follow = () => {
      target.scrollIntoView({ block });
      const now = target.getBoundingClientRect().top;
      still = Math.abs(now - before) < 1 ? still + 1 : 0;
      before = now;
      if (still < 5 && ++frames < 60 && !stopped) requestAnimationFrame(follow);
    };
    let stopped = false;
    for (const event of ["wheel", "touchstart", "keydown", "pointerdown"]) addEventListener(event, () => { stopped = true; }, { once: true, passive: true });
    follow();
  };
  const arrive = () => {
    const id = zf.address.anchor(location.hash);
    if (!zf.goTo(id) && document.getElementById(id)) settle(document.getElementById(id), "start");
  };
  addEventListener("hashchange", arrive);
  arrive();

  /** The id of what was typed: a map (conv3-17, conv3 17, or 17 of the layer that was gone to last), a layer, or the first map behind the last one of a class. */
  let lastLayer = maps.find(map => map.matches(".maps .map"))?.closest(".maps").dataset.layer, lastOfClass = -1;
  const meant = text => {
    const id = text.replace(/[\s#,:]+/g, "-").replace(/^-/, "");
    const exact = [id, `${lastLayer}-${id}`].find(name => document.getElementById(name)?.matches(".maps .map")) ?? (document.getElementById(id)?.querySelector(".maps") ? id : null);
    if (exact) return exact;
    const all = [...document.querySelectorAll(".maps .map")], of = map => map.querySelector(".class")?.textContent.replace(/^\S+ /, "").toLowerCase();
    const places = [...all.keys()].filter(place => of(all[place])?.includes(text.toLowerCase()));
    lastOfClass = places.find(place => place > lastOfClass) ?? places[0] ?? -1;
    return all[lastOfClass]?.id;
  };
  const jump = document.getElementById("jump"), unit = document.getElementById("unit"), says = document.getElementById("jump-says");
  jump?.addEventListener("submit", event => {
    event.preventDefault();
    const text = unit.value.trim(), id = text && meant(text);
    if (id) {
      if (!zf.goTo(id)) settle(document.getElementById(id), "start");
      lastLayer = document.getElementById(id).closest(".maps")?.dataset.layer ?? id;
      history.replaceState(null, "", `#${id}`);
    }
    unit.toggleAttribute("aria-invalid", !id);
    says.textContent = id ? "" : `There is no map, layer or class “${text}”.`;
  });
})();
