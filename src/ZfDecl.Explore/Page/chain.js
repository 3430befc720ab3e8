// The chain down: which units of the layers below carry a unit, the strongest first; of two runs, that of each.
import { framed, make } from "./dom.js";
import { found, goTo, hear } from "./looking.js";
import { layerOf, sides, titleOf } from "./networks.js";
import { when } from "./state.js";

/** The chain of a side: an element that draws itself. */
const chainOf = side => {
  const title = make("h4", { class: "side-title" }), list = make("ol", { class: "chain" }), element = make("div", { class: "side", hidden: true }, title, list);
  const draw = framed(() => {
    title.textContent = titleOf(side);
    title.hidden = sides().length < 2;
    const below = found[side].project?.chain;
    // While something is dragged the chain is not asked for, and stays as it was.
    if (below === undefined && found[side].project) return;
    const layers = (below ?? []).filter(units => units.length);
    element.hidden = !layers.length;
    list.replaceChildren(...layers.map(units => make("li", {}, make("span", { class: "layer-name", title: units[0].layer, text: units[0].layer }), make("ol", {}, ...units.map(unit => link(unit, units[0].share || 1))))));
  });
  const link = ({ layer, map, y, x, value, share }, most) => {
    const isUnit = layerOf(side, layer)?.height === 1 && layerOf(side, layer)?.width === 1, heard = text => make("span", { class: "unseen", text });
    const button = make("button", { type: "button", title: `strength of the signal ${zf.digits(value)}` },
      heard(`${layer}, ${isUnit ? "unit" : "map"} `), make("b", { text: map }), isUnit ? " " : heard(", at "), isUnit ? "" : ` ${y},${x} `, make("span", { class: "value", text: `${Number((100 * share).toPrecision(2))} %` }));
    button.style.setProperty("--share", share / most);
    button.addEventListener("click", () => goTo(layer, map, [y, x]));
    return make("li", {}, button);
  };
  hear("project", of => { if (of === side) draw(); });
  when(["beside"], draw);
  return element;
};

export const chain = () => {
  const all = [chainOf(0), chainOf(1)];
  return make("section", { id: "carried-by", "aria-labelledby": "chain-title" }, make("h3", { id: "chain-title", text: "Carried by" }),
    make("p", { class: "hint", text: "The strongest entries of the signal on its way down, each a map and a place, with their share of it. A click goes there." }), make("div", { class: "sides" }, ...all));
};
