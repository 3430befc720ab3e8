// The image as the network sees it, and what lies over it: the unit's window, the projection, the heat map, the square that covers.
import { $, framed, make, tell } from "./dom.js";
import { about, wordsOf } from "./chooser.js";
import { heatAt, paintHeat } from "./heat.js";
import { found, hear, rules } from "./looking.js";
import { layerOf, netOf, unitAround } from "./networks.js";
import { isCoarse, placeOver, put, seenPixels } from "./pictures.js";
import { paint } from "./projections.js";
import { change, state, when } from "./state.js";
import { tools, turnOf } from "./tools.js";

export const stage = () => {
  const seen = make("canvas", { role: "img", "aria-label": "the image as the network sees it" }), over = make("canvas", { class: "over", "aria-hidden": "true", hidden: true }), heat = make("canvas", { class: "over heat-map coarse", "aria-hidden": "true", hidden: true });
  const frame = make("div", { class: "window", hidden: true }), square = make("div", { class: "square", hidden: true });
  const field = make("div", { id: "stage", class: "stage", tabindex: 0, role: "application", "aria-label": "the image: the arrow keys do what the tool does", "aria-describedby": "tool-hint" }, seen, over, heat, frame, square);
  const name = make("p", { class: "reading" });

  const drawFrames = framed(() => {
    const { input } = netOf(0), { project } = found[0], { occluder } = state.edit;
    square.hidden = !occluder;
    if (occluder) placeOver(square, { ...occluder, height: occluder.size, width: occluder.size }, input.height, input.width);
    frame.hidden = !project || project.window.height === input.height && project.window.width === input.width;
    if (!frame.hidden) placeOver(frame, project.window, input.height, input.width);
    field.dataset.tool = tools.now;
  });
  const drawSeen = framed(() => {
    const { look } = found[0], { input } = netOf(0);
    if (!look) return;
    put(seen, input.width, input.height, seenPixels(look.seen, input.height * input.width));
    seen.classList.toggle("coarse", isCoarse(Math.max(input.height, input.width)));
    field.style.aspectRatio = `${input.width} / ${input.height}`;
  });
  const drawOver = framed(() => {
    const { look, project } = found[0], picture = project?.pictures[rules.indexOf(state.rule)];
    over.hidden = state.place !== "over" || !picture || !look;
    if (!over.hidden) paint(over, project, picture, look, netOf(0).input, "over");
    over.classList.toggle("coarse", isCoarse(netOf(0).input.width));
  });
  hear("look", side => { if (side === 0) { drawSeen(); drawOver(); drawFrames(); } });
  hear("project", side => { if (side === 0) { drawOver(); drawFrames(); } });
  hear("heat", () => paintHeat(heat, netOf(0).input));
  when(["edit", "view"], drawFrames);
  when(["place", "rule", "rules"], drawOver);

  // The pointer, in pixels of the input.
  const pixel = event => {
    const box = field.getBoundingClientRect(), { height, width } = netOf(0).input;
    return [(event.clientY - box.top) / box.height * height, (event.clientX - box.left) / box.width * width];
  };
  const doing = () => turnOf(tools.now);
  let from = null;
  field.addEventListener("pointerdown", event => {
    // To point is a click: a finger that moves on scrolls the page.
    if (event.button !== 0 || tools.now === "point") return;
    field.setPointerCapture(event.pointerId);
    from = pixel(event);
    doing().begin(...from);
    event.preventDefault();
    field.focus({ preventScroll: true });
  });
  field.addEventListener("click", event => {
    const layer = layerOf();
    if (tools.now === "point" && layer && state.map !== null) change({ at: unitAround(layer, ...pixel(event)), class: null, whole: false });
  });
  field.addEventListener("pointermove", event => {
    const to = pixel(event);
    if (from) {
      doing().drag(...to, to[0] - from[0], to[1] - from[1]);
      from = to;
    } else $("heat-reading").textContent = heatAt(...to);
  });
  for (const end of ["pointerup", "pointercancel"]) field.addEventListener(end, () => { from = null; });
  field.addEventListener("pointerleave", () => { $("heat-reading").textContent = ""; });
  field.addEventListener("wheel", event => {
    if (tools.now === "point") return;
    event.preventDefault();
    doing().size(Math.sign(-event.deltaY), event.shiftKey);
  }, { passive: false });
  field.addEventListener("keydown", event => {
    const by = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key], step = event.shiftKey ? 8 : 1;
    const grow = { "+": 1, "=": 1, "-": -1 }[event.key];
    if (!by && !grow && !(event.key === "Enter" && tools.now === "erase")) return;
    event.preventDefault();
    event.stopPropagation();
    if (grow) doing().size?.(grow, event.shiftKey);
    else if (!by) doing().enter();
    else if (tools.now === "point") {
      const layer = layerOf(), at = state.at ?? found[0].project?.at;
      if (layer && at) change({ at: [Math.max(0, Math.min(layer.height - 1, at[0] + by[0])), Math.max(0, Math.min(layer.width - 1, at[1] + by[1]))], class: null, whole: false });
    } else doing().by(by[0] * step, by[1] * step);
    tell(doing()?.words?.() ?? "");
  });
  when(["image"], async () => {
    const { image } = state, one = await about(image).catch(() => ({}));
    if (image === state.image) name.replaceChildren(make("b", { text: wordsOf(one) }), ` ${one.name ?? ""}`);
  });
  return [field, name];
};
