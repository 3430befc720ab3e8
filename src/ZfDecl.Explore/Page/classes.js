// The five most probable classes, as bars that move; a bar leads to the projection of its class' score.
import { framed, make, tell } from "./dom.js";
import { found, hear } from "./looking.js";
import { sides, titleOf } from "./networks.js";
import { change, state, when } from "./state.js";

export const classesOf = side => {
  const title = make("h3", { class: "side-title" }), list = make("ol", { class: "classes", "aria-label": "most probable classes" }), element = make("div", { class: "side" }, title, list), rows = [];
  const row = () => {
    const name = make("span", { class: "name" }), value = make("span", { class: "value" }), bar = make("span", { class: "bar" });
    const button = make("button", { type: "button", class: "class", title: "project this class' score" }, bar, name, value), item = make("li", {}, button);
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
      if (name.textContent !== one.name) name.textContent = one.name;
      value.textContent = zf.percent(one.probability);
      bar.style.transform = `scaleX(${one.probability})`;
      button.dataset.class = one.class;
      button.classList.toggle("true", look.label === one.name);
      button.setAttribute("aria-pressed", state.class === one.class);
    });
    if (side === 0 && top.length) tell(`${top[0].name} ${zf.percent(top[0].probability)}${top[1] ? `, ${top[1].name} ${zf.percent(top[1].probability)}` : ""}`);
  });
  hear("look", of => { if (of === side) draw(); });
  when(["class", "beside", "epoch"], draw);
  return element;
};
