// The drawn architecture, through which one goes from layer to layer.
import { $, make } from "./dom.js";
import { goTo } from "./looking.js";
import { known, layerOf, shapeOf, shownLayers } from "./networks.js";
import { state, when } from "./state.js";

// Pixels: a drawing that is wider is not drawn smaller, as nobody could read it, but scrolled and opened wider.
const widestToFit = 290;
const shown = name => shownLayers().find(layer => layer.name === name);

/** Draws the network, and a list of its layers for a narrow screen. */
export const drawGraph = () => {
  const drawn = document.importNode(new DOMParser().parseFromString(known.nets[0].svg, "image/svg+xml").documentElement, true);
  drawn.setAttribute("role", "group");
  drawn.setAttribute("aria-label", "layers");
  for (const box of drawn.querySelectorAll("[data-layer]")) {
    box.setAttribute("role", "button");
    box.classList.add("leads");
  }
  const { value: width } = drawn.width.baseVal, wider = $("wider");
  $("graph").replaceChildren(drawn);
  wider.hidden = width <= widestToFit;
  $("graph").classList.toggle("wide", !wider.hidden);
  wider.addEventListener("click", () => {
    const isOpen = document.querySelector("nav").classList.toggle("open");
    wider.setAttribute("aria-pressed", isOpen);
    wider.textContent = isOpen ? "Narrower" : "Wider";
    mark();
  });
  $("strip").replaceChildren(...shownLayers().map(layer => make("button", { type: "button", "data-layer": layer.name, text: layer.name })));
  const go = event => {
    const box = event.target.closest("[data-layer]");
    if (box && shown(box.dataset.layer)) { event.preventDefault(); goTo(box.dataset.layer); }
  };
  for (const place of [$("graph"), $("strip")]) place.addEventListener("click", go);
  $("graph").addEventListener("keydown", event => {
    const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (event.key === "Enter" || event.key === " ") go(event);
    if (!by) return;
    event.preventDefault();
    stepLayer(by);
    $("graph").querySelector("[aria-current]")?.focus();
  });
  when(["layer"], mark);
  mark();
};

const mark = () => {
  for (const box of document.querySelectorAll("#graph .leads, #strip button")) {
    const isNow = box.dataset.layer === state.layer;
    if (isNow) box.setAttribute("aria-current", "true");
    else box.removeAttribute("aria-current");
    if (box.matches(".leads")) box.setAttribute("tabindex", isNow ? 0 : -1);
    if (!isNow) continue;
    const room = box.closest("#strip, #graph"), at = box.getBoundingClientRect(), of = room.getBoundingClientRect();
    room.scrollBy({ left: at.left - of.left - of.width / 2 + at.width / 2, top: at.top < of.top || at.bottom > of.bottom ? at.top - of.top - of.height / 2 : 0 });
  }
  const layer = layerOf();
  $("layer-name").textContent = layer?.name ?? "";
  $("layer-shape").textContent = layer ? shapeOf(layer) : "";
  const field = layer?.receptiveField;
  $("layer-field").textContent = layer ? `${layer.kind}; a unit sees ${field.height}×${field.width} pixels${field.strideY > 1 ? `, every ${field.strideY}` : ""}` : "";
};

/** The layer `by` places further down. */
export const stepLayer = by => {
  const all = shownLayers(), next = all[all.findIndex(layer => layer.name === state.layer) + by];
  if (next) goTo(next.name);
};
