// The keyboard: everything that a pointer can do.
import { $, fail, isFree, make } from "./dom.js";
import { stepEpoch } from "./beside.js";
import { pin } from "./board.js";
import { openChooser, random, step } from "./chooser.js";
import { stepLayer } from "./graph.js";
import { found } from "./looking.js";
import { orders } from "./order.js";
import { change, state, untouched } from "./state.js";
import { take } from "./tools.js";

const cycle = (values, now) => values[(values.indexOf(now) + 1) % values.length];
const stepMap = by => {
  const count = found[0].look?.max.length ?? 0;
  if (count) change({ map: ((state.map ?? 0) + by + count) % count, at: null, class: null, whole: false });
};
const rank = number => {
  const unit = found[0].map?.strongest[number - 1];
  if (unit) change({ at: [unit.y, unit.x], class: null, whole: false });
};
const top = number => {
  const one = found[0].look?.top[number - 1];
  if (one) change({ class: state.class === one.class ? null : one.class, whole: false });
};

// [key, as it is written, what it does, what happens]
const keys = [
  ["i", "i", "choose an image", openChooser], ["r", "r", "a random image", random], ["n", "n", "the next image", () => step(1)], ["b", "b", "the image before", () => step(-1)],
  ["[", "[", "the layer above", () => stepLayer(-1)], ["]", "]", "the layer below", () => stepLayer(1)],
  [".", ".", "the next map", () => stepMap(1)], [",", ",", "the map before", () => stepMap(-1)],
  ["m", "m", "to the tiles; the arrow keys go on from there", () => document.querySelector(".tiles-field").focus()],
  ["u", "u", "to the units of the map; the arrow keys go on from there", () => document.querySelector(".map-field").focus()],
  ["g", "g", "to the drawing of the network", () => document.querySelector("#graph [aria-current], #strip [aria-current]")?.focus()],
  ["v", "v", "to the image; the arrow keys do what the tool does", () => $("stage").focus()],
  [null, "1 … 9", "the map's strongest units", null], [null, "Shift 1 … 5", "the score of a class", null],
  ["w", "w", "all of the layer at once", () => change({ whole: !state.whole, class: null })],
  ["p", "p", "projection cropped, in place, over the image", () => change({ place: cycle(["cropped", "in-place", "over"], state.place) }, { step: false })],
  ["d", "d", "which rule lies over the image", () => change({ rule: cycle(["deconv", "mask", "guided"], state.rule) }, { step: false })],
  ["x", "x", "unpooling: sum, overwrite", () => change({ unpool: cycle(["sum", "overwrite"], state.unpool) }, { step: false })],
  ["s", "s", "one scale for all tiles, or each its own", () => change({ scale: cycle(["own", "one"], state.scale) }, { step: false })],
  ["o", "o", "sort tiles by number, strength, class", () => change({ sort: cycle(orders(), state.sort) }, { step: false })],
  ["c", "c", "cover with the grey square", () => { take("cover"); $("stage").focus(); }], ["e", "e", "erase", () => { take("erase"); $("stage").focus(); }],
  ["h", "h", "shift, turn, enlarge", () => { take("change"); $("stage").focus(); }], ["z", "z", "crop and zoom", () => { take("crop"); $("stage").focus(); }], ["Escape", "Esc", "point again", () => take("point")],
  ["0", "0", "the image as it was", () => change({ edit: untouched(), view: { zoom: 1, x: 0, y: 0 } })],
  ["<", "<", "an epoch earlier", () => stepEpoch(-1)], [">", ">", "an epoch later", () => stepEpoch(1)],
  ["k", "k", "pin what is shown", pin], ["l", "l", "the board", () => $("open-board").click()], ["t", "t", "light, dark", () => $("theme").click()], ["?", "?", "these keys", () => $("help").showModal()],
];

/** Listens to the keyboard, and lists it. */
export const prepareKeys = () => {
  $("keys").replaceChildren(...keys.map(([, written, does]) => make("div", {}, make("dt", {}, make("kbd", { text: written })), make("dd", { text: does }))));
  $("open-help").addEventListener("click", () => $("help").showModal());
  addEventListener("keydown", event => {
    if (!isFree(event) || document.querySelector("dialog:modal")) return;
    const digit = event.code.match(/^Digit([1-9])$/)?.[1], key = keys.find(([pressed]) => pressed === event.key);
    if (digit && !event.shiftKey) rank(Number(digit));
    else if (digit && event.shiftKey && !key) top(Number(digit));
    else if (key?.[3]) Promise.resolve(key[3]()).catch(fail);
    else return;
    event.preventDefault();
  });
  for (const dialog of document.querySelectorAll("dialog")) dialog.addEventListener("click", event => { if (event.target === dialog && dialog.matches(":modal") || event.target.closest("[data-close]")) dialog.close(); });
};
