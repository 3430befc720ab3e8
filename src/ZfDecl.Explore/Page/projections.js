// What a unit, a layer or a class' score needs of the image: projected to pixels under three rules, side by side with one key.
import { framed, make, tell } from "./dom.js";
import { found, hear } from "./looking.js";
import { netOf, sides, titleOf } from "./networks.js";
import { isCoarse, projectionPixels, put, seenPixels, strengths, through } from "./pictures.js";
import { change, state, when } from "./state.js";

const names = { deconv: ["deconvnet", "the paper's rule: the signal itself is rectified"], mask: ["gradient", "the signal passes where the unit was active (footnote 1 of the paper)"], guided: ["guided", "both rules at once"] };

/** The scale of a picture: its own, or one for all that stand beside each other, on both sides. */
const scaleOf = picture => state.rules === "own" ? picture.absMax : Math.max(...sides().flatMap(side => found[side].project?.pictures ?? []).map(one => one.absMax));

/** Whether all of the image is in a window. */
const fills = ({ window }, { height, width }) => window.height === height && window.width === width;

/** Paints a projection as it was asked for: cropped to what the unit sees, in its place, or over the image. */
export const paint = (canvas, project, picture, look, input, place) => {
  const scale = scaleOf(picture), pixels = projectionPixels(picture, scale), { window } = project;
  const isCropped = place === "cropped" || !look || fills(project, input) && place === "in-place";
  canvas.classList.toggle("coarse", isCoarse(isCropped ? Math.max(window.height, window.width) : Math.max(input.height, input.width)));
  if (isCropped) { put(canvas, picture.width, picture.height, pixels); return; }
  const all = new Uint32Array(input.height * input.width).fill(place === "over" ? 0 : 0xff808080), part = place === "over" ? through(pixels, strengths(picture, scale)) : pixels;
  for (let y = 0; y < window.height; y++) all.set(part.subarray(y * window.width, (y + 1) * window.width), (y + window.y) * input.width + window.x);
  if (place === "over") {
    // What is strong stands before the image, which is faint.
    const seen = seenPixels(look.seen, all.length);
    for (let i = 0; i < all.length; i++) {
      const share = (all[i] >>> 24) / 255, mix = shift => Math.round((all[i] >>> shift & 255) * share + (128 + ((seen[i] >>> shift & 255) - 128) * .35) * (1 - share));
      all[i] = (255 << 24 | mix(16) << 16 | mix(8) << 8 | mix(0)) >>> 0;
    }
  }
  put(canvas, input.width, input.height, all);
};

/** The patch of the image that the window holds. */
const paintPatch = (canvas, { window }, look, input) => {
  const seen = seenPixels(look.seen, input.height * input.width), pixels = new Uint32Array(window.height * window.width);
  for (let y = 0; y < window.height; y++) pixels.set(seen.subarray((y + window.y) * input.width + window.x, (y + window.y) * input.width + window.x + window.width), y * window.width);
  put(canvas, window.width, window.height, pixels);
  canvas.classList.toggle("coarse", isCoarse(Math.max(window.height, window.width)));
};

export const projectionsOf = side => {
  const title = make("h3", { class: "side-title" }), row = make("div", { class: "rules" }), key = make("p", { class: "scale" }), element = make("div", { class: "side" }, title, row, key), figures = new Map();
  const figure = (name, words, hint, pick) => {
    const canvas = make("canvas", { role: "img" }), caption = make("figcaption", {}, make("b", { text: words }), make("span", { class: "value" }));
    const box = make("figure", { title: hint }, pick ? make("button", { type: "button", class: "plain", "aria-label": `${words}: show over the image`, onclick: pick }, canvas) : canvas, caption);
    figures.set(name, { canvas, value: caption.lastChild, box });
    row.append(box);
  };
  figure("patch", "seen", "what the unit sees of the image");
  for (const [name, [words, hint]] of Object.entries(names)) figure(name, words, hint, () => change({ rule: name, place: "over" }, { step: false }));

  const draw = framed(() => {
    const { project, look } = found[side], { input } = netOf(side);
    title.textContent = titleOf(side);
    title.hidden = sides().length < 2;
    element.hidden = !project;
    if (!project || project.window.y + project.window.height > input.height) return;
    for (const picture of project.pictures) {
      const { canvas, value, box } = figures.get(picture.rule);
      paint(canvas, project, picture, look, input, state.place);
      value.textContent = `±${zf.digits(picture.absMax)}`;
      canvas.setAttribute("aria-label", `${names[picture.rule][0]} projection, largest value ${zf.digits(picture.absMax)}`);
      box.classList.toggle("chosen", picture.rule === state.rule && state.place === "over");
    }
    const { canvas, box } = figures.get("patch");
    box.hidden = !look;
    if (look) paintPatch(canvas, project, look, input);
    canvas.setAttribute("aria-label", `what it sees: rows ${project.window.y} to ${project.window.y + project.window.height - 1}, columns ${project.window.x} to ${project.window.x + project.window.width - 1}`);
    const scale = zf.digits(scaleOf(project.pictures[0]));
    key.replaceChildren(...state.rules === "one"
      ? [`−${scale}`, make("span", { class: "ramp" }), `+${scale}`, make("span", { class: "hint", text: "one scale for all" })]
      : ["−", make("span", { class: "ramp" }), "+", make("span", { class: "hint", text: "each on its own scale, which stands below it" })]);
    if (side === 0) tell(`projected: ${zf.digits(project.value)}`);
  });
  hear("project", draw);
  hear("look", of => { if (of === side) draw(); });
  when(["place", "rules", "rule", "beside"], draw);
  return element;
};
