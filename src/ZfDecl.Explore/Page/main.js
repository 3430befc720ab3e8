// The page: what stands where, and how it begins.
import { arrive, prepareBeside } from "./beside.js";
import { prepareBoard } from "./board.js";
import { chain } from "./chain.js";
import { openChooser, prepareChooser, showWrong } from "./chooser.js";
import { classesOf } from "./classes.js";
import { $, choice, fail, say } from "./dom.js";
import { drawGraph } from "./graph.js";
import { prepareKeys } from "./keys.js";
import { follow, hear, rules } from "./looking.js";
import { mapOf, nameOf } from "./map.js";
import { known, learn, netOf, shownLayers, sides } from "./networks.js";
import { followOrder, orders } from "./order.js";
import { takeOwn } from "./own.js";
import { paint, projectionsOf } from "./projections.js";
import { ask, floats } from "./server.js";
import { stage } from "./stage.js";
import { address, change, state, when } from "./state.js";
import { strongest } from "./strongest.js";
import { tilesOf } from "./tiles.js";
import { showTools, toolbox } from "./tools.js";

/** What an address leaves open: the last layer whose maps are visualised, and the first image. */
const complete = parts => {
  const layers = shownLayers(), has = layers.some(layer => layer.name === parts.layer);
  const usual = layers.findLast(layer => layer.shown && layer.height * layer.width > 1) ?? layers.findLast(layer => layer.shown) ?? layers.at(-1);
  return { ...parts, layer: has ? parts.layer : usual?.name ?? null, map: has ? parts.map : null, at: has ? parts.at : null, image: parts.image ?? state.image ?? (known.data.count > 0 ? "data:0" : null) };
};

const build = () => {
  const { spec, run, weights, preprocessing } = netOf(0);
  document.title = `${spec} · ${run} · explore`;
  $("spec").textContent = spec;
  $("run").textContent = run;
  $("weights").textContent = weights ?? "";
  $("preprocessing").textContent = preprocessing ?? "";
  $("stage-room").append(...stage());
  $("tools").append(...toolbox());
  for (const side of [0, 1]) {
    $("classes").append(classesOf(side));
    $("tiles").append(tilesOf(side));
    $("map").append(mapOf(side));
    $("projections").append(projectionsOf(side));
  }
  $("below").append(strongest(), chain());

  const tiles = [
    choice("sort", "tiles in the order of", [["number", "number"], ["strength", "strength", "the strongest first, in this image"], ["class", "class", "by the class that excites the map most"]].filter(([order]) => orders().includes(order)), state.sort, sort => change({ sort }, { step: false })),
    choice("scale", "scale of the tiles", [["own", "each its own scale", "yellow is each map's own strongest value"], ["one", "one scale", "yellow is the strongest value of the layer"]], state.scale, scale => change({ scale }, { step: false })),
  ];
  const pictures = [
    choice("place", "where the projection is shown", [["cropped", "cropped"], ["in-place", "in place"], ["over", "over the image"]], state.place, place => change({ place }, { step: false })),
    choice("rules", "scale of the projections", [["one", "one scale"], ["own", "each its own"]], state.rules, of => change({ rules: of }, { step: false })),
    choice("unpool", "unpooling where windows share a switch", [["sum", "unpool: sum", "what lands on a switch adds up"], ["overwrite", "overwrite", "the last window wins"]], state.unpool, unpool => change({ unpool }, { step: false })),
  ];
  $("tile-choices").append(...tiles);
  $("picture-choices").append(...pictures);
  for (const box of [...tiles, ...pictures]) when(["sort", "scale", "place", "rules", "unpool"], () => box.show(state[box.querySelector("input").name]));

  const title = () => {
    $("unit-name").textContent = state.class !== null ? `Score of ${netOf(0).classes[state.class]}` : state.whole ? `${state.layer}, all maps at once` : nameOf();
    $("whole").setAttribute("aria-pressed", state.whole);
    $("to-unit").hidden = state.class === null && !state.whole;
  };
  when(["layer", "map", "class", "whole", "beside"], title);
  $("whole").addEventListener("click", () => change({ whole: !state.whole, class: null }));
  $("to-unit").addEventListener("click", () => change({ whole: false, class: null }));
  $("open-chooser").addEventListener("click", () => openChooser().catch(fail));
  document.querySelector(".skip").addEventListener("click", event => { event.preventDefault(); $("content").focus(); });
  title();
};

/** The picture of a state that is not looked at: of a pin. */
const drawn = async of => {
  const layer = of.class !== null ? null : of.layer, answer = await ask("board", "project", {
    subject: { net: 0, epoch: of.epoch, image: of.image, view: of.view, edit: of.edit }, layer, map: of.whole ? null : of.map, at: of.at, whole: of.whole, class: of.class, rules, unpool: of.unpool, chain: false,
  });
  if (!answer) return null;
  const picture = answer.pictures[rules.indexOf(of.rule)], canvas = document.createElement("canvas");
  picture.values = floats(picture.valuesF32);
  paint(canvas, answer, { ...picture, absMax: picture.absMax }, null, netOf(0).input, "cropped");
  return canvas.toDataURL();
};

const begin = async () => {
  const parts = zf.address.read(location.hash);
  await learn();
  build();
  prepareChooser();
  prepareBeside();
  follow();
  followOrder(sides);
  prepareKeys();
  takeOwn();
  drawGraph();
  showTools();
  hear("look", () => { document.body.dataset.ready = "yes"; });
  const come = () => arrive(location.hash, complete), wrong = parts.of && parts.as ? await showWrong(parts) : null;
  state.image = wrong;
  await come();
  if (wrong) await openChooser();
  addEventListener("popstate", () => come().catch(fail));
  history.replaceState(null, "", `#${address()}`);
  if (!state.image) say("There is no image of a data set: drop one here, paste it, or open a file.");
  await prepareBoard(complete, drawn);
};
begin().catch(fail);
