// The chain down: which units of the layers below carry a unit, the strongest first.
import { framed, make } from "./dom.js";
import { found, goTo, hear } from "./looking.js";
import { layerOf } from "./networks.js";

export const chain = () => {
  const list = make("ol", { class: "chain" }), element = make("section", { "aria-labelledby": "chain-title", hidden: true }, make("h3", { id: "chain-title", text: "Carried by" }),
    make("p", { class: "hint", text: "The strongest entries of the signal on its way down, with their share of it. A click goes there." }), list);
  const draw = framed(() => {
    const below = found[0].project?.chain;
    // While something is dragged the chain is not asked for, and stays as it was.
    if (below === undefined && found[0].project) return;
    element.hidden = !below?.some(units => units.length);
    list.replaceChildren(...(below ?? []).filter(units => units.length).map(units => make("li", {}, make("span", { class: "layer-name", text: units[0].layer }), make("ol", {}, ...units.map(unit => link(unit, units[0].share || 1))))));
  });
  const link = ({ layer, map, y, x, value, share }, most) => {
    const isUnit = layerOf(0, layer)?.height === 1 && layerOf(0, layer)?.width === 1, heard = text => make("span", { class: "unseen", text });
    const button = make("button", { type: "button", title: `strength of the signal ${zf.digits(value)}` },
      heard(`${layer}, ${isUnit ? "unit" : "map"} `), make("b", { text: map }), isUnit ? " " : heard(", at "), isUnit ? "" : ` ${y},${x} `, make("span", { class: "value", text: `${Number((100 * share).toPrecision(2))} %` }));
    button.style.setProperty("--share", share / most);
    button.addEventListener("click", () => goTo(layer, map, [y, x]));
    return make("li", {}, button);
  };
  hear("project", side => { if (side === 0) draw(); });
  return element;
};
