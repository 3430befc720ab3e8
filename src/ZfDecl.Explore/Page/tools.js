// What a hand can do to the image: point, cover, erase, change, crop. Each tool says what dragging, the wheel and the arrow keys do.
import { $, choice, make } from "./dom.js";
import { heatControls } from "./heat.js";
import { netOf } from "./networks.js";
import { change, state, untouched, when } from "./state.js";

/** The tool that is in the hand, and the radius of the rubber. */
export const tools = { now: "point", radius: 3, spot: null };

const limit = (value, least, most) => Math.max(least, Math.min(most, value));
const input = () => netOf(0).input, longest = () => Math.max(input().height, input().width);
const edit = (changes, step = false) => change({ edit: { ...state.edit, ...changes } }, { step });

const cover = {
  usual: () => { const size = Math.max(2, Math.round(longest() / 4)); return { size, y: Math.round((input().height - size) / 2), x: Math.round((input().width - size) / 2) }; },
  put: (y, x, size = (state.edit.occluder ?? cover.usual()).size) => edit({ occluder: { size, y: limit(Math.round(y), 1 - size, input().height - 1), x: limit(Math.round(x), 1 - size, input().width - 1) } }),
  begin: (y, x) => cover.drag(y, x),
  drag: (y, x) => { const { size } = state.edit.occluder ?? cover.usual(); cover.put(y - size / 2, x - size / 2); },
  by: (y, x) => { const now = state.edit.occluder ?? cover.usual(); cover.put(now.y + y, now.x + x); },
  size: by => {
    const now = state.edit.occluder ?? cover.usual(), size = limit(now.size + by * Math.max(1, Math.round(longest() / 56)), 1, longest());
    const half = Math.trunc((size - now.size) / 2);
    cover.put(now.y - half, now.x - half, size);
  },
  words: () => state.edit.occluder ? `covered at row ${state.edit.occluder.y}, column ${state.edit.occluder.x}` : "",
};
const mostSpots = 200;
const erase = {
  begin: (y, x) => { tools.spot = null; erase.drag(y, x); },
  drag: (y, x) => {
    if (tools.spot && Math.hypot(y - tools.spot[0], x - tools.spot[1]) < tools.radius / 2) return;
    tools.spot = [y, x];
    edit({ erase: [...state.edit.erase, [x, y, tools.radius].map(value => Number(value.toFixed(1)))].slice(-mostSpots) });
  },
  by: (y, x) => { const [row, column] = tools.spot ?? [input().height / 2, input().width / 2]; tools.spot = [limit(row + y, 0, input().height), limit(column + x, 0, input().width)]; },
  enter: () => { const [y, x] = tools.spot ?? [input().height / 2, input().width / 2]; tools.spot = null; erase.drag(y, x); },
  size: by => { tools.radius = limit(tools.radius + by * Math.max(.5, longest() / 112), 1, longest() / 2); show(); },
  words: () => tools.spot ? `at row ${Math.round(tools.spot[0])}, column ${Math.round(tools.spot[1])}; Enter erases` : "",
};
const turn = {
  begin: () => {},
  drag: (y, x, down, right) => turn.by(down, right),
  by: (y, x) => edit({ shift: [limit(state.edit.shift[0] + x, -input().width, input().width), limit(state.edit.shift[1] + y, -input().height, input().height)] }),
  size: (by, isTurn) => isTurn ? edit({ rotate: limit(state.edit.rotate + 3 * by, -180, 180) }) : edit({ scale: limit(state.edit.scale * 1.05 ** by, .25, 4) }),
  words: () => `shifted by ${state.edit.shift.map(Math.round).join(", ")}`,
};
const look = {
  begin: () => {},
  drag: (y, x, down, right) => look.move(-down, -right),
  by: (y, x) => look.move(y, x),
  move: (down, right) => look.put(state.view.zoom, state.view.y + down / state.view.zoom, state.view.x + right / state.view.zoom),
  size: by => look.put(limit(state.view.zoom * 1.08 ** by, 1, 8), state.view.y, state.view.x),
  // The part that is looked at stays within the image.
  put: (zoom, y, x) => { const room = (1 - 1 / zoom) / 2, { height, width } = input(); change({ view: { zoom, x: limit(x, -room * width, room * width), y: limit(y, -room * height, room * height) } }, { step: false }); },
  words: () => `zoom ${zf.digits(state.view.zoom)}`,
};
const point = { begin: () => {}, drag: () => {}, by: () => {}, size: () => {} };
const all = { point, cover, erase, change: turn, crop: look };
/** What a tool does. */
export const turnOf = name => all[name];

const hints = {
  point: "A click shows the map's unit whose window lies there.",
  cover: "Drag the grey square; the wheel or + and − change its size, the arrow keys move it.",
  erase: "Drag to erase to grey; the wheel or + and − change the rubber.",
  change: "Drag to shift; the wheel enlarges, with Shift it turns.",
  crop: "Drag and zoom into the picture, before it is made as large as the network's input.",
};

let show = () => {};
const slider = (name, least, most, step, read, write, words) => {
  const output = make("output"), box = make("input", { type: "range", min: least(), max: most(), step, "aria-label": name }), label = make("label", { class: "slider" }, make("span", { text: name }), box, output);
  box.addEventListener("input", () => write(Number(box.value)));
  label.show = () => { box.min = least(); box.max = most(); box.value = read(); output.textContent = words(read()); };
  return label;
};
const pixels = value => `${Math.round(value * 10) / 10} px`;

/** The tools below the image. */
export const toolbox = () => {
  const hint = make("p", { class: "hint", id: "tool-hint" }), reading = make("p", { class: "reading", id: "heat-reading" });
  const sliders = {
    point: [],
    cover: [slider("size", () => 1, longest, 1, () => state.edit.occluder?.size ?? cover.usual().size, size => { const now = state.edit.occluder ?? cover.usual(); cover.put(now.y, now.x, size); }, pixels)],
    erase: [slider("rubber", () => 1, () => longest() / 2, .5, () => tools.radius, radius => { tools.radius = radius; show(); }, pixels)],
    change: [
      slider("right", () => -input().width, () => input().width, .5, () => state.edit.shift[0], x => edit({ shift: [x, state.edit.shift[1]] }), pixels),
      slider("down", () => -input().height, () => input().height, .5, () => state.edit.shift[1], y => edit({ shift: [state.edit.shift[0], y] }), pixels),
      slider("turn", () => -180, () => 180, 1, () => state.edit.rotate, rotate => edit({ rotate }), value => `${Math.round(value)}°`),
      slider("enlarge", () => .25, () => 4, .01, () => state.edit.scale, scale => edit({ scale }), value => `×${value.toFixed(2)}`),
      slider("blur", () => 0, () => Math.max(3, longest() / 12), .1, () => state.edit.blur, blur => edit({ blur }), value => `σ ${value.toFixed(1)}`),
    ],
    crop: [
      slider("zoom", () => 1, () => 8, .01, () => state.view.zoom, zoom => look.put(zoom, state.view.y, state.view.x), value => `×${value.toFixed(2)}`),
      slider("across", () => -input().width / 2, () => input().width / 2, .5, () => state.view.x, x => look.put(state.view.zoom, state.view.y, x), pixels),
      slider("down", () => -input().height / 2, () => input().height / 2, .5, () => state.view.y, y => look.put(state.view.zoom, y, state.view.x), pixels),
    ],
  };
  const heat = heatControls(), room = make("div", { class: "sliders" });
  const reset = make("button", { type: "button", text: "As it was", title: "undo all that was done to the image" });
  reset.addEventListener("click", () => change({ edit: untouched(), view: { zoom: 1, x: 0, y: 0 } }));
  const pick = choice("tool", "what the hand does", [["point", "Point"], ["cover", "Cover"], ["erase", "Erase"], ["change", "Change"], ["crop", "Crop"]], tools.now, take);
  for (const one of Object.values(sliders).flat()) room.append(one);
  show = () => {
    for (const [name, of] of Object.entries(sliders)) for (const one of of) { one.hidden = name !== tools.now; if (!one.hidden) one.show(); }
    hint.textContent = hints[tools.now];
    heat.hidden = tools.now !== "cover";
    $("stage").dataset.tool = tools.now;
    pick.show(tools.now);
    reset.hidden = JSON.stringify(state.edit) === JSON.stringify(untouched()) && state.view.zoom === 1;
  };
  when(["edit", "view"], () => show());
  return [pick, hint, room, heat, reading, reset];
};

/** Takes a tool into the hand; the square lies in the middle at first, and goes with its tool. */
export const take = name => {
  tools.now = name;
  if (name === "cover" && !state.edit.occluder) edit({ occluder: cover.usual() }, true);
  else if (name !== "cover" && state.edit.occluder) edit({ occluder: null }, true);
  show();
};
/** Shows the tools as they are. */
export const showTools = () => show();
