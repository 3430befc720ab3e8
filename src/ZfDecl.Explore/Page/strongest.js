// The map's nine strongest units of the data set: projections beside what they saw.
import { fail, make, settled } from "./dom.js";
import { netOf } from "./networks.js";
import { get } from "./server.js";
import { change, state, when } from "./state.js";

export const strongest = () => {
  const list = make("ol", { class: "nine" }), says = make("p", { class: "hint" }), bar = make("progress", { max: 1, "aria-label": "images searched" });
  const element = make("section", { "aria-labelledby": "nine-title" }, make("h3", { id: "nine-title", text: "Strongest of the data set" }), says, bar, list);
  let asked = "", timer = 0;

  const show = ({ state: now, done, total, from, units, range }) => {
    const isSearching = now === "searching";
    bar.hidden = !isSearching;
    if (isSearching) bar.value = total ? done / total : 0;
    says.textContent = isSearching ? `searched ${done.toLocaleString("en")} of ${total.toLocaleString("en")} images` : units?.length ? `${from === "Visualize" ? "as Visualize found them" : `of ${(total ?? 0).toLocaleString("en")} images`}; a click shows the image${range ? `; one scale, ±${zf.digits(range)}` : ""}` : "Dead: no image of the data set excites it.";
    list.replaceChildren(...(units ?? []).map((unit, i) => {
      const picture = (source, alt) => make("img", { src: `data:image/png;base64,${source}`, alt, class: "coarse" });
      const button = make("button", { type: "button", title: `${unit.class ?? ""} ${unit.name}, row ${unit.y}, column ${unit.x}: ${zf.digits(unit.value)}` },
        ...[unit.projection && picture(unit.projection, `projection of unit ${i + 1}`), unit.thumb && picture(unit.thumb, `what it saw: ${unit.class ?? unit.name}`)].filter(Boolean), make("span", { text: `${unit.class ?? ""} ${zf.digits(unit.value)}` }));
      button.addEventListener("click", () => change({ image: unit.image, at: [unit.y, unit.x] }));
      return make("li", {}, button);
    }));
  };

  const ask = async () => {
    clearTimeout(timer);
    const isMap = state.map !== null && state.class === null && !state.whole;
    element.hidden = !isMap;
    if (!isMap) { asked = ""; return; }
    const query = `strongest?${new URLSearchParams({ net: 0, layer: state.layer, map: state.map })}`;
    if (query !== asked) list.replaceChildren();
    asked = query;
    const answer = await get(query);
    if (asked !== query) return;
    show(answer);
    if (answer.state === "searching") timer = setTimeout(() => { if (asked === query) ask().catch(fail); }, 300);
  };
  // Whoever goes through maps by key does not begin a search for each.
  when(["layer", "map", "class", "whole"], settled(250, () => { if (netOf(0)) ask().catch(fail); }));
  return element;
};
