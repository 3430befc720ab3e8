// The map's nine strongest units of the data set: projections beside what they saw; of two runs, those of each.
import { make, settled } from "./dom.js";
import { known, layerOf, netOf, sides, subject, titleOf } from "./networks.js";
import { get } from "./server.js";
import { change, state, when } from "./state.js";

const splits = { train: "training", test: "test", validation: "validation" };

const isMap = () => state.map !== null && state.class === null && !state.whole;

/** The nine of a side: an element that asks for them when `ask` is called. */
const nineOf = side => {
  const title = make("h4", { class: "side-title" }), list = make("ol", { class: "nine" }), says = make("p", { class: "hint" }), bar = make("progress", { max: 1, "aria-label": "images searched" });
  const element = make("div", { class: "side" }, title, says, bar, list);
  let asked = "", timer = 0;

  // Units are searched with the weights that the run ended with.
  const afterEpoch = () => subject(side).epoch === null ? "" : "; with the weights as the run ended";
  const words = ({ from, total, units, range }) => !units?.length ? "Dead: no image of the data set excites it."
    : `${from === "Visualize" ? "as Visualize found them" : `of ${(total ?? 0).toLocaleString("en")} ${splits[known.data.split] ?? ""} images`}${afterEpoch()}; a click shows the image${range ? `; one scale, ±${zf.digits(range)}` : ""}`;
  const show = answer => {
    const { state: now, done, total, units } = answer, isSearching = now === "searching";
    bar.hidden = !isSearching;
    if (isSearching) bar.value = total ? done / total : 0;
    says.textContent = isSearching ? `searched ${done.toLocaleString("en")} of ${total.toLocaleString("en")} images` : words(answer);
    list.replaceChildren(...(units ?? []).map(item));
  };
  const item = (unit, i) => {
    const picture = (source, alt) => make("img", { src: `data:image/png;base64,${source}`, alt, class: "coarse" });
    const button = make("button", { type: "button", title: `${unit.class ?? ""} ${unit.name}, row ${unit.y}, column ${unit.x}: ${zf.digits(unit.value)}` },
      ...[unit.projection && picture(unit.projection, `projection of unit ${i + 1}`), unit.thumb && picture(unit.thumb, `what it saw: ${unit.class ?? unit.name}`)].filter(Boolean), make("span", { text: `${zf.digits(unit.value)} ${unit.class ?? ""}` }));
    button.addEventListener("click", () => change({ image: unit.image, at: [unit.y, unit.x] }));
    return make("li", {}, button);
  };

  const ask = async () => {
    clearTimeout(timer);
    const { net } = subject(side), isThere = isMap() && state.map < (layerOf(side)?.maps ?? 0) && (side === 0 || net !== 0);
    title.hidden = sides().length < 2;
    title.textContent = titleOf(side);
    element.hidden = !isThere || !sides().includes(side);
    if (element.hidden) { asked = ""; return; }
    const { spec, run } = netOf(side), query = `strongest?${new URLSearchParams({ net, layer: state.layer, map: state.map })}`, of = `${query} ${spec}/${run}`;
    if (of !== asked) list.replaceChildren();
    asked = of;
    try {
      const answer = await get(query);
      if (asked !== of) return;
      show(answer);
      if (answer.state === "searching") timer = setTimeout(() => { if (asked === of) ask(); }, 300);
    } catch (problem) {
      if (asked !== of) return;
      bar.hidden = true;
      says.textContent = problem.message;
    }
  };
  return { element, ask };
};

export const strongest = () => {
  const all = [nineOf(0), nineOf(1)], element = make("section", { "aria-labelledby": "nine-title" }, make("h3", { id: "nine-title", text: "Strongest of the data set" }), make("div", { class: "sides" }, ...all.map(nine => nine.element)));
  // Whoever goes through maps by key does not begin a search for each.
  when(["layer", "map", "class", "whole", "beside", "epoch"], settled(250, () => {
    element.hidden = !isMap();
    for (const nine of all) nine.ask();
  }));
  return element;
};
