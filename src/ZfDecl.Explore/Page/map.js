// One map, large, with its units: a click on one projects it.
import { framed, make, tell } from "./dom.js";
import { found, hear } from "./looking.js";
import { layerOf, sides, titleOf } from "./networks.js";
import { heats, put } from "./pictures.js";
import { change, state, when } from "./state.js";

export const mapOf = side => {
  const canvas = make("canvas", { "aria-hidden": "true" }), chosen = make("div", { class: "pick", hidden: true }), pointed = make("div", { class: "pick pointed", hidden: true });
  const field = make("div", { class: "map-field", tabindex: 0, role: "slider", "aria-label": "unit of the map", "aria-valuemin": 0 }, canvas, pointed, chosen);
  const reading = make("p", { class: "reading" }), title = make("h3", { class: "side-title" }), key = make("p", { class: "scale" }), ranks = make("ol", { class: "ranks", "aria-label": "the strongest units of the map" });
  const element = make("div", { class: "side map-side" }, title, make("div", { class: "map-room" }, field, make("div", {}, reading, key, ranks)));
  let under = null;

  const now = () => found[side].map;
  const unit = () => state.at ?? found[side].project?.at ?? (now()?.strongest[0] && [now().strongest[0].y, now().strongest[0].x]) ?? null;
  const valueAt = ([row, column]) => now().values[row * now().width + column];
  const words = at => at && now() && at[0] < now().height && at[1] < now().width ? `${now().height * now().width > 1 ? `row ${at[0]}, column ${at[1]}: ` : "activity "}${zf.digits(valueAt(at))}` : "";
  const frame = (box, at) => {
    box.hidden = !at || !now() || at[0] >= now().height || at[1] >= now().width;
    if (box.hidden) return;
    const { height, width } = now();
    Object.assign(box.style, { top: `${100 * at[0] / height}%`, left: `${100 * at[1] / width}%`, height: `${100 / height}%`, width: `${100 / width}%` });
  };
  const read = () => {
    frame(chosen, unit());
    frame(pointed, under);
    reading.textContent = words(under ?? unit()) || "\u200b";
    field.setAttribute("aria-valuetext", words(unit()) || "none");
  };

  const rank = (unit, i) => {
    const button = ranks.children[i]?.firstChild ?? make("button", { type: "button" });
    if (!button.parentElement) {
      ranks.append(make("li", {}, button));
      button.addEventListener("click", () => change({ at: JSON.parse(button.dataset.at), class: null, whole: false }));
    }
    button.parentElement.hidden = false;
    button.dataset.at = JSON.stringify([unit.y, unit.x]);
    button.textContent = zf.digits(unit.value);
    button.setAttribute("aria-label", `${i + 1}: row ${unit.y}, column ${unit.x}, ${zf.digits(unit.value)}`);
  };

  const draw = framed(() => {
    const map = now();
    title.textContent = titleOf(side);
    title.hidden = sides().length < 2;
    element.hidden = !map;
    if (!map) return;
    const { height, width, values } = map, most = values.reduce((a, b) => Math.max(a, b), 0), pixels = new Uint32Array(height * width);
    for (let i = 0; i < pixels.length; i++) pixels[i] = heats[most > 0 ? Math.max(0, Math.min(255, values[i] / most * 255 | 0)) : 0];
    put(canvas, width, height, pixels);
    field.hidden = height * width === 1;
    field.style.aspectRatio = `${width} / ${height}`;
    field.setAttribute("aria-valuemax", height * width - 1);
    key.replaceChildren("0", make("span", { class: "ramp-of-heat" }), zf.digits(most));
    ranks.hidden = height * width === 1;
    const units = map.strongest.filter(unit => unit.value > 0);
    units.forEach(rank);
    for (const item of [...ranks.children].slice(units.length)) item.hidden = true;
    read();
  });

  const unitAt = event => {
    if (now()?.layer !== state.layer) return null;
    const box = field.getBoundingClientRect(), index = (from, extent, count) => Math.max(0, Math.min(count - 1, Math.floor(from / extent * count)));
    return [index(event.clientY - box.top, box.height, now().height), index(event.clientX - box.left, box.width, now().width)];
  };
  field.addEventListener("pointermove", event => { under = unitAt(event); read(); });
  field.addEventListener("pointerleave", () => { under = null; read(); });
  field.addEventListener("click", event => { const at = unitAt(event); if (at) change({ at, class: null, whole: false }); });
  field.addEventListener("keydown", event => {
    const by = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key], from = unit();
    if (!by || !from) return;
    event.preventDefault();
    const at = [Math.max(0, Math.min(now().height - 1, from[0] + by[0])), Math.max(0, Math.min(now().width - 1, from[1] + by[1]))];
    change({ at, class: null, whole: false });
    tell(words(at));
  });
  hear("map", of => { if (of === side) draw(); });
  hear("project", of => { if (of === side && now()) { field.setAttribute("aria-valuenow", (unit() ?? [0, 0])[0] * now().width + (unit() ?? [0, 0])[1]); read(); } });
  when(["at", "map"], () => { if (now()) read(); });
  when(["beside"], draw);
  return element;
};

/** The map's name above it, with what is projected where that is no unit. */
export const nameOf = () => state.map === null ? state.layer : `${state.layer}, ${mapName()}`;

/** The map's name within its layer. */
export const mapName = () => {
  const { height, width } = layerOf() ?? {};
  return `${height === 1 && width === 1 ? "unit" : "map"} ${state.map}`;
};
