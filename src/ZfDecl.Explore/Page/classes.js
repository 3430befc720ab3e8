// The five most probable classes, as bars that move; a bar leads to the projection of its class' score.
import { about } from "./chooser.js";
import { framed, make, tell } from "./dom.js";
import { found, hear } from "./looking.js";
import { mapName } from "./map.js";
import { classOn, sides, titleOf } from "./networks.js";
import { change, state, when } from "./state.js";

export const classesOf = side => {
  const title = make("h3", { class: "side-title" }), list = make("ol", { class: "classes", "aria-label": "most probable classes" }), rows = [];
  const ofMap = make("span", { class: "name" }), activity = make("span", { class: "value" }), share = make("span", { class: "bar" }), map = make("p", { class: "class activity", title: "the sum of the map, beside what it is of the image uncovered" }, share, ofMap, activity);
  const element = make("div", { class: "side" }, title, list, map);
  // The activity as it is, and as it was when nothing covered the image.
  const nothing = { of: "", activity: 0 }, key = () => `${state.image} ${state.layer} ${state.map} ${state.epoch} ${state.beside}`;
  let now = nothing, base = nothing, label = null;
  const keep = sum => {
    now = { of: key(), activity: sum };
    if (!state.edit.occluder) base = now;
    draw();
  };
  const row = () => {
    const name = make("span", { class: "name" }), value = make("span", { class: "value" }), bar = make("span", { class: "bar" });
    const button = make("button", { type: "button", class: "class" }, bar, name, value), item = make("li", {}, button);
    button.addEventListener("click", () => change(state.class === Number(button.dataset.class) ? { class: null } : { class: Number(button.dataset.class), whole: false }));
    list.append(item);
    return { item, button, name, value, bar };
  };

  const draw = framed(() => {
    const { look } = found[side];
    title.textContent = titleOf(side);
    title.hidden = sides().length < 2;
    const top = look?.top ?? [];
    while (rows.length < top.length) rows.push(row());
    rows.forEach(({ item, button, name, value, bar }, i) => {
      const one = top[i];
      item.hidden = !one;
      if (!one) return;
      if (name.textContent !== one.name) { name.textContent = one.name; button.title = `${one.name}: project this class' score`; }
      value.textContent = zf.percent(one.probability);
      bar.style.transform = `scaleX(${one.probability})`;
      const k = classOn(0, side, one.class);
      button.dataset.class = k;
      button.disabled = k < 0;
      button.classList.toggle("true", label === k);
      button.setAttribute("aria-pressed", state.class === k);
    });
    map.hidden = state.map === null || state.class !== null || now.of !== key();
    if (!map.hidden) {
      const part = base.of === now.of && base.activity > 0 ? now.activity / base.activity : 1;
      ofMap.textContent = `activity of ${mapName()}`;
      activity.textContent = `${zf.digits(now.activity)}${part === 1 ? "" : ` (${part > 1 ? "+" : "−"}${Math.abs(Math.round(100 * (part - 1)))} %)`}`;
      share.style.transform = `scaleX(${Math.max(0, Math.min(1, part))})`;
    }
    if (side === 0 && top.length) tell(`${top[0].name} ${zf.percent(top[0].probability)}${top[1] ? `, ${top[1].name} ${zf.percent(top[1].probability)}` : ""}`);
  });
  hear("look", (of, look) => { if (of === side && look?.activity !== undefined && look.map === state.map) keep(look.activity); else if (of === side) draw(); });
  hear("map", (of, found) => { if (of === side && found) keep(found.values.reduce((sum, value) => sum + value, 0)); });
  when(["image"], async () => { ({ label = null } = await about(state.image).catch(() => ({}))); draw(); });
  when(["class", "beside", "epoch"], draw);
  return element;
};
