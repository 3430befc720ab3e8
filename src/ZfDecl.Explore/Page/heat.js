// The heat map: what a grey square does at every place of the image (Fig. 6), drawn row by row as it is computed.
import { choice, fail, make, say } from "./dom.js";
import { heardOf } from "./looking.js";
import { netOf, sides, subject, titleOf } from "./networks.js";
import { placeOver, put } from "./pictures.js";
import { ask, lines, stop } from "./server.js";
import { state, when } from "./state.js";

let grid = null, shown = "probability";

/** Paints what is known of the grid; a canvas of one pixel for each position, over the middle of the squares. */
export const paintHeat = (canvas, input) => {
  canvas.hidden = !grid;
  if (!grid) return;
  const { rows, columns, size, stride, top, left } = grid, values = grid[shown], pixels = new Uint32Array(rows * columns), known = values.filter(value => value !== undefined);
  const [least, most] = scale(known), common = shown === "predicted" ? commonOf(known) : [];
  for (let i = 0; i < pixels.length; i++) {
    if (values[i] === undefined) continue;
    const [r, g, b] = shown === "predicted" ? zf.rgb(zf.hues[common.indexOf(values[i])] ?? "#808080") : zf.heat((values[i] - least) / (most - least || 1));
    pixels[i] = (255 << 24 | b << 16 | g << 8 | r) >>> 0;
  }
  put(canvas, columns, rows, pixels);
  placeOver(canvas, { y: top + (size - stride) / 2, x: left + (size - stride) / 2, height: rows * stride, width: columns * stride }, input.height, input.width);
};
const scale = values => shown === "probability" ? [0, 1] : [Math.min(...values), Math.max(...values)];
const commonOf = values => [...new Set(values)].map(k => [k, values.filter(one => one === k).length]).sort((a, b) => b[1] - a[1]).map(([k]) => k);

/** What the heat map says of the square around a pixel, in words. */
export const heatAt = (y, x) => {
  if (!grid) return "";
  const { rows, columns, size, stride, top, left } = grid, row = Math.round((y - size / 2 - top) / stride), column = Math.round((x - size / 2 - left) / stride), i = row * columns + column;
  if (row < 0 || column < 0 || row >= rows || column >= columns || grid.activity[i] === undefined) return "";
  return `covered there: activity ${zf.digits(grid.activity[i])}${grid.probability[i] === undefined ? "" : `, ${zf.percent(grid.probability[i])}, ${netOf(0).classes[grid.predicted[i]]}`}`;
};

const clear = () => { stop("occlude"); grid = null; heardOf("heat", 0, null); };

/** The button, what of it is shown, and its key. */
export const heatControls = () => {
  const button = make("button", { type: "button", text: "Heat map" }), off = make("button", { type: "button", text: "Take it away", hidden: true }), key = make("p", { class: "scale" }), progress = make("progress", { max: 1, hidden: true, "aria-label": "rows of the heat map" });
  const which = choice("heat", "what the heat map shows", [["probability", "probability"], ["activity", "activity"], ["predicted", "class"]], shown, value => { shown = value; tell(); });
  const box = make("div", { class: "heat-controls" }, make("div", { class: "buttons" }, button, off), progress, which, key);
  const tell = () => {
    heardOf("heat", 0, grid);
    off.hidden = key.hidden = !grid;
    which.hidden = !grid || !netOf(0).classes.length;
    if (!grid) { progress.hidden = true; return; }
    const known = grid[shown].filter(value => value !== undefined), [least, most] = known.length ? scale(known) : [0, 1], digits = shown === "probability" ? zf.percent : zf.digits;
    key.replaceChildren(...shown === "predicted"
      ? commonOf(known).slice(0, zf.hues.length).map((k, i) => { const swatch = make("span", { class: "swatch" }); swatch.style.background = zf.hues[i]; return make("span", {}, swatch, netOf(0).classes[k]); })
      : [digits(least), make("span", { class: "ramp-of-heat" }), digits(most), make("span", { class: "hint", text: `${shown === "probability" ? `of ${grid.className}` : "of the map"}${sides().length > 1 ? `, in ${titleOf(0)}` : ""}` })]);
  };
  const run = async () => {
    if (!netOf(0).classes.length) shown = "activity";
    const size = state.edit.occluder?.size ?? 8, { input } = netOf(0), stride = Math.max(1, Math.round(Math.max(input.height, input.width) / 28)), { edit, ...rest } = subject(0);
    progress.hidden = false;
    progress.value = 0;
    // Without a class, that of the uncovered image.
    const done = await ask("occlude", "occlude", { subject: { ...rest, edit: { ...edit, occluder: null } }, layer: state.layer, map: state.map, class: state.class, size, stride }, {
      read: lines(line => {
        if (line.rows) grid = { ...line, ...Object.fromEntries(["probability", "activity", "predicted"].map(name => [name, new Array(line.rows * line.columns)])), edit: uncovered(), className: netOf(0).classes[line.class] };
        else if (grid) {
          for (const name of ["probability", "activity", "predicted"]) line[name]?.forEach((value, i) => { grid[name][line.row * grid.columns + i] = value; });
          progress.value = (line.row + 1) / grid.rows;
        }
        requestAnimationFrame(tell);
      }),
    });
    progress.hidden = true;
    if (done) say(`The heat map is done: a square of ${size} pixels at ${grid.rows}×${grid.columns} places.`);
  };
  button.addEventListener("click", () => run().catch(fail));
  off.addEventListener("click", () => { clear(); tell(); });
  // Of an image that is another one, or was changed, and of another map it would say nothing.
  const uncovered = () => JSON.stringify({ ...state.edit, occluder: null });
  when(["image", "view", "edit", "layer", "map", "epoch"], names => {
    if (!grid || names.every(name => name === "edit") && grid.edit === uncovered()) return;
    clear();
    tell();
  });
  tell();
  return box;
};
