// All maps of a layer as tiles on one canvas.
import { framed, make, tell } from "./dom.js";
import { found, hear, lookAgain, tile } from "./looking.js";
import { layerOf, netOf, sides, titleOf } from "./networks.js";
import { affinityOf, orderOf } from "./order.js";
import { heats } from "./pictures.js";
import { change, state, when } from "./state.js";

const gap = 3, least = 34, most = 92;

/** How many columns of cells of which side hold the maps of a layer, in a width. */
const layout = ({ maps, height, width }, room) => {
  const [small, large] = height === 1 && width === 1 ? [14, 26] : [least, most];
  const side = Math.max(small, Math.min(large, Math.floor(room / Math.ceil(Math.sqrt(maps)))));
  const columns = Math.max(1, Math.min(maps, Math.floor((room + gap) / side)));
  return { columns, rows: Math.ceil(maps / columns), side: Math.min(large, (room + gap) / columns) };
};

/** The tiles of a side: an element that draws itself. */
export const tilesOf = side => {
  const canvas = make("canvas", { "aria-hidden": "true" }), pick = make("div", { class: "pick", hidden: true }), point = make("div", { class: "pick pointed", hidden: true });
  const field = make("div", { class: "tiles-field", tabindex: 0, role: "slider", "aria-label": "feature map", "aria-valuemin": 0 }, canvas, point, pick);
  const reading = make("p", { class: "reading" }), title = make("h3", { class: "side-title" });
  const element = make("div", { class: "side" }, title, reading, field);
  const sheet = document.createElement("canvas");
  let order = [], place = null, pointed = null;

  const at = position => [position % place.columns * place.side, Math.floor(position / place.columns) * place.side];
  const put = (box, map) => {
    const position = map === null || !place ? -1 : order.indexOf(map);
    box.hidden = position < 0;
    if (box.hidden) return;
    const [x, y] = at(position);
    Object.assign(box.style, { transform: `translate(${x}px, ${y}px)`, width: `${place.side - gap}px`, height: `${place.side - gap}px` });
  };

  const answersTo = map => { const k = affinityOf(side)?.[map]?.class; return k === undefined ? "" : `, most of ${netOf(side).classes[k]}`; };
  const words = map => {
    const { look } = found[side];
    if (map === null || !look || map >= look.max.length) return "";
    const [row, column] = look.at[map] ?? [], isUnit = look.tiles.height === 1 && look.tiles.width === 1, isExcited = isUnit || look.max[map] > 0;
    return `${isUnit ? "unit" : "map"} ${map}: ${isExcited ? zf.digits(look.max[map]) : "not excited"}${answersTo(map)}${isExcited && !isUnit ? ` at row ${row}, column ${column}` : ""}`;
  };
  const read = () => {
    reading.title = words(pointed ?? state.map);
    reading.textContent = reading.title || "\u200b";
    field.setAttribute("aria-valuenow", state.map ?? 0);
    field.setAttribute("aria-valuetext", words(state.map) || "none chosen");
  };

  const draw = framed(() => {
    const { look } = found[side], layer = layerOf(side);
    title.textContent = titleOf(side);
    title.hidden = sides().length < 2;
    element.classList.toggle("missing", !layer);
    if (!layer) { reading.textContent = `This network has no layer ${state.layer}.`; field.hidden = true; return; }
    field.hidden = false;
    if (!look || look.layer !== layer.name) return;
    const { maps, height, width, data } = look.tiles, ratio = Math.min(devicePixelRatio || 1, 2), room = field.clientWidth;
    place = layout(layer, room);
    const { columns, rows, side: cell } = place;
    Object.assign(sheet, { width: columns * width, height: rows * height });
    const pen = sheet.getContext("2d"), image = pen.createImageData(sheet.width, sheet.height), pixels = new Uint32Array(image.data.buffer);
    order.forEach((map, position) => {
      const strength = state.scale === "one" ? look.max[map] / (look.scale.max || 1) : look.max[map] > 0 ? 1 : 0;
      let from = map * height * width, to = Math.floor(position / columns) * height * sheet.width + position % columns * width;
      for (let y = 0; y < height; y++, to += sheet.width) for (let x = 0; x < width; x++) pixels[to + x] = heats[data[from++] * strength | 0];
    });
    pen.putImageData(image, 0, 0);
    const wide = Math.round(room * ratio), tall = Math.round((rows * cell - gap) * ratio);
    if (canvas.width !== wide || canvas.height !== tall) { Object.assign(canvas, { width: wide, height: tall }); field.style.height = `${rows * cell - gap}px`; }
    const brush = canvas.getContext("2d"), drawn = Math.round((cell - gap) * ratio);
    brush.clearRect(0, 0, wide, tall);
    brush.imageSmoothingEnabled = false;
    for (let position = 0; position < maps; position++) {
      const [x, y] = at(position);
      brush.drawImage(sheet, position % columns * width, Math.floor(position / columns) * height, width, height, Math.round(x * ratio), Math.round(y * ratio), drawn, drawn);
    }
    field.setAttribute("aria-valuemax", maps - 1);
    put(pick, state.map);
    put(point, pointed);
    read();
  });

  // The side that a tile is asked for with.
  const measure = () => {
    const layer = layerOf(side);
    if (layer && field.clientWidth) tile.side = Math.max(8, Math.ceil((layout(layer, field.clientWidth).side - gap) * Math.min(devicePixelRatio || 1, 2)));
  };

  const mapAt = event => {
    // The tiles of the layer before say nothing of the one that is asked for.
    if (!place || found[side].look?.layer !== state.layer) return null;
    const box = field.getBoundingClientRect(), column = Math.floor((event.clientX - box.left) / place.side), row = Math.floor((event.clientY - box.top) / place.side);
    return column < 0 || column >= place.columns ? null : order[row * place.columns + column] ?? null;
  };
  field.addEventListener("pointermove", event => { pointed = mapAt(event); put(point, pointed); read(); });
  field.addEventListener("pointerleave", () => { pointed = null; put(point, null); read(); });
  const choose = map => { if (map !== null && map !== undefined) change({ map, at: null, class: null, whole: false }); };
  field.addEventListener("click", event => choose(mapAt(event)));
  field.addEventListener("keydown", event => {
    if (!place) return;
    const now = order.indexOf(state.map);
    const next = { ArrowRight: now + 1, ArrowLeft: now - 1, ArrowDown: now + place.columns, ArrowUp: now - place.columns, Home: 0, End: order.length - 1, PageDown: now + 5 * place.columns, PageUp: now - 5 * place.columns }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    choose(order[Math.max(0, Math.min(order.length - 1, next))]);
    pick.scrollIntoView({ block: "nearest" });
    tell(words(state.map));
  });

  const sort = () => { order = orderOf(side); };
  hear("look", (of, look) => {
    if (of !== side) return;
    // While an image is changed by hand, tiles stay where they are.
    if (look && (order.length !== look.max.length || element.dataset.shown !== `${state.image} ${look.layer}`)) { sort(); element.dataset.shown = `${state.image} ${look.layer}`; }
    draw();
  });
  hear("order", of => { if (of === side) { sort(); draw(); } });
  when(["sort"], () => { sort(); draw(); });
  when(["scale", "beside"], draw);
  when(["map"], () => { put(pick, state.map); read(); });
  when(["layer"], measure);
  let width = 0;
  new ResizeObserver(() => {
    if (field.clientWidth === width) return;
    const first = width === 0;
    width = field.clientWidth;
    const before = tile.side;
    measure();
    if (!first && tile.side > before) lookAgain(["view"]);
    draw();
  }).observe(field);
  return element;
};
