// The board: what was kept, with notes; saved with the run, and a section of its report.
import { arrive } from "./beside.js";
import { $, fail, make, say, settled } from "./dom.js";
import { found, rules } from "./looking.js";
import { netOf } from "./networks.js";
import { paint } from "./projections.js";
import { get, send } from "./server.js";
import { address, fromAddress, state } from "./state.js";

let pins = [], complete = () => {};
const pictures = new Map();

const titleOf = pin => {
  const { layer, map, at, class: k, whole } = fromAddress(zf.address.read(pin.state));
  return k !== null ? `class ${netOf(0).classes[k] ?? k}` : whole ? `${layer}, all maps` : `${layer}, ${map === null ? "strongest map" : `map ${map}`}${at ? ` at ${at.join(", ")}` : ""}`;
};

const keep = async () => { await send("PUT", "board", { pins: pins.map(({ id, state: of, note }) => ({ id, state: of, note })) }); };
const keepSoon = settled(400, () => keep().catch(fail));

/** Pins what is looked at now. */
export const pin = async () => {
  const { project, look } = found[0];
  if (!project) { say("Choose a unit first."); return; }
  // The unit itself is kept, not “the strongest”.
  const now = state.class === null && !state.whole ? { ...state, at: project.at ?? state.at } : state, id = crypto.randomUUID?.() ?? `${Date.now()}`;
  pins.push({ id, state: address(now), note: "" });
  const canvas = document.createElement("canvas");
  paint(canvas, project, project.pictures[rules.indexOf(state.rule)], look, netOf(0).input, "cropped");
  pictures.set(id, canvas.toDataURL());
  show();
  await keep();
  say(`Pinned: ${titleOf(pins.at(-1))}`);
};

const save = async (of, format) => {
  const response = await send("POST", "export", { pins: of.map(({ id, state: fragment, note }) => ({ id, state: fragment, note })), format });
  const [, name] = response.headers.get("Content-Disposition")?.match(/filename="?([^";]+)"?/) ?? [], link = make("a", { href: URL.createObjectURL(await response.blob()), download: name ?? `board.${format}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  say(`Saved ${link.download}`);
};
const formats = ["png", "svg", "csv", "safetensors"];
const saving = (label, of) => {
  const select = make("select", { "aria-label": label }, make("option", { value: "", text: "Save as …" }), ...formats.map(format => make("option", { value: format, text: format.toUpperCase().replace("SAFETENSORS", "safetensors") })));
  select.addEventListener("input", () => { const format = select.value; select.value = ""; if (format) save(of(), format).catch(fail); });
  return select;
};

const card = pin => {
  const note = make("textarea", { rows: 2, maxlength: 4000, "aria-label": `note on ${titleOf(pin)}`, placeholder: "a note" });
  note.value = pin.note;
  note.addEventListener("input", () => { pin.note = note.value; keepSoon(); });
  const show = make("button", { type: "button", class: "plain", "aria-label": `show ${titleOf(pin)}` }, make("img", { src: pictures.get(pin.id) ?? "data:,", alt: "", class: "coarse", hidden: !pictures.has(pin.id) }), make("b", { text: titleOf(pin) }));
  show.addEventListener("click", () => { $("board").close(); arrive(pin.state, complete).catch(fail); });
  const away = make("button", { type: "button", text: "Remove", "aria-label": `remove ${titleOf(pin)}` });
  away.addEventListener("click", () => { pins = pins.filter(one => one !== pin); refresh(); keep().catch(fail); });
  return make("li", { "data-pin": pin.id }, show, note, make("div", { class: "buttons" }, saving(`save ${titleOf(pin)}`, () => [pin]), away));
};

const refresh = () => { $("pins").replaceChildren(...pins.map(card)); show(); };
const show = () => {
  $("pin-count").textContent = pins.length || "";
  $("no-pins").hidden = pins.length > 0;
  $("save-board").hidden = !pins.length;
};

// The picture of a pin that was made in another session.
const drawMissing = async ask => {
  for (const pin of pins.filter(one => !pictures.has(one.id))) {
    try {
      const url = await ask(fromAddress(zf.address.read(pin.state)));
      if (url) { pictures.set(pin.id, url); refresh(); }
    } catch { continue; }
  }
};

/** Reads the board, and prepares its window. `draw` makes the picture of a state. */
export const prepareBoard = async (whole, draw) => {
  complete = whole;
  $("save-board").append(saving("save the board", () => pins));
  $("open-board").addEventListener("click", () => { refresh(); $("board").showModal(); drawMissing(draw).catch(fail); });
  $("pin-it").addEventListener("click", () => pin().catch(fail));
  for (const place of document.querySelectorAll("[data-save-unit]")) place.append(saving("save what is shown", () => [{ id: "shown", state: address({ ...state, at: found[0].project?.at ?? state.at }), note: "" }]));
  ({ pins } = await get("board"));
  show();
};
