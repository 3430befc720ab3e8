// From what is looked at to what is found: the requests, and who hears of their answers.
import { fail, settled, took } from "./dom.js";
import { classOn, layerOf, sides, subject } from "./networks.js";
import { ask, bytes, floats, stop } from "./server.js";
import { change, state, when } from "./state.js";

/** What was found last, for each side: look, map, project. */
export const found = [{}, {}];

const listeners = [];
/** Calls `act(side, answer)` when something of a kind was found: look, map, project. */
export const hear = (kind, act) => { listeners.push({ kind, act }); };

/** Tells who hears of a kind. */
export const heardOf = (kind, side, answer) => { for (const { kind: of, act } of listeners) if (of === kind) act(side, answer); };

const tell = (kind, side, answer, began) => {
  found[side][kind] = answer;
  heardOf(kind, side, answer);
  // Their drawings wait for the next frame, and this is behind them.
  if (answer && side === 0) requestAnimationFrame(() => took(kind, began, answer.milliseconds));
};

/** The longest side that a tile is drawn with, in pixels of the screen. */
export const tile = { side: 64 };

// A network that takes longer than this for an image shows, while a square is moved, only what that changes: classes and activity. Tiles and projection follow when it rests.
const slow = 25, costs = [0, 0];
const isSlow = side => costs[side] > slow;

const look = async (side, follow, began, isQuick) => {
  if (!state.image || !layerOf(side)) { tell("look", side, null); return; }
  const { image, layer, map } = state, before = found[side].look, tiles = !isQuick || before?.image !== image;
  const answer = await ask(`look${side}`, "look", { subject: subject(side), layer, tile: tile.side, tiles, ...map === null ? {} : { map } }, { follow });
  if (!answer || image !== state.image || layer !== state.layer) return;
  if (tiles) {
    answer.seen = bytes(answer.seenU8);
    answer.tiles.data = bytes(answer.tiles.dataU8);
    // What the server remembers costs nothing: the dearest of late counts.
    if (before) costs[side] = Math.max(answer.milliseconds, .7 * costs[side]);
  } else Object.assign(answer, { ...before, top: answer.top, activity: answer.activity, milliseconds: answer.milliseconds });
  Object.assign(answer, { image, layer, map, isUncovered: !state.edit.occluder });
  tell("look", side, answer, began);
};

const map = async (side, follow, began) => {
  const layer = layerOf(side);
  if (!state.image || state.map === null || !layer || state.map >= layer.maps || state.class !== null) { stop(`map${side}`); tell("map", side, null); return; }
  const asked = state.map, answer = await ask(`map${side}`, "map", { subject: subject(side), layer: state.layer, map: asked }, { follow });
  if (!answer || asked !== state.map || layer.name !== state.layer) return;
  tell("map", side, { ...answer, values: floats(answer.valuesF32), layer: layer.name, map: asked }, began);
};

/** The rules, in the order in which they stand side by side. */
export const rules = ["deconv", "mask", "guided"];

const isUnit = side => state.map !== null && state.map < (layerOf(side)?.maps ?? 0);

/** What is projected: a unit, all of a layer, or the score of a class. */
const target = side => state.class !== null ? { layer: null, map: null, at: null, whole: false, class: classOn(side, 0, state.class) }
  : { layer: state.layer, map: state.whole ? null : state.map, at: state.whole ? null : state.at, whole: state.whole, class: null };

const project = async (side, follow, began) => {
  if (!state.image || (state.class !== null ? classOn(side, 0, state.class) < 0 : !(state.whole ? layerOf(side) : isUnit(side)))) { stop(`project${side}`); tell("project", side, null); return; }
  const asked = JSON.stringify(target(side)), answer = await ask(`project${side}`, "project", { subject: subject(side), ...target(side), rules, unpool: state.unpool, chain: !follow && !state.whole }, { follow });
  if (!answer || asked !== JSON.stringify(target(side))) return;
  for (const picture of answer.pictures) picture.values = floats(picture.valuesF32);
  if (state.whole) answer.chain = [];
  tell("project", side, answer, began);
};

const quietly = promise => promise.catch(fail);

const ofSubject = ["image", "view", "edit", "epoch", "beside"], ofLayer = [...ofSubject, "layer"];
/** Asks for what a change of these names has made out of date. */
const update = names => {
  const began = performance.now(), has = of => of.some(name => names.includes(name)), follow = !["image", "layer", "beside", "map", "class", "whole"].some(name => names.includes(name));
  if (follow && has(["edit", "view", "epoch"])) rest();
  for (const side of sides()) {
    const isQuick = follow && names.every(name => name === "edit") && Boolean(state.edit.occluder) && isSlow(side);
    if (has(ofLayer)) quietly(look(side, follow, began, isQuick));
    if (isQuick) continue;
    if (has([...ofLayer, "map", "class"])) quietly(map(side, follow, began));
    if (has([...ofLayer, "map", "at", "class", "whole", "unpool"])) quietly(project(side, follow, began));
  }
};

// What was left out while something was dragged: the tiles of a slow network, and the chain.
const rest = settled(180, () => {
  const began = performance.now();
  for (const side of sides()) {
    if (isSlow(side)) { quietly(look(side, true, began)); quietly(map(side, true, began)); }
    quietly(project(side, false, began));
  }
});

/** Begins to follow the state. */
export const follow = () => {
  when([...ofLayer, "map", "at", "class", "whole", "unpool"], update);
  // Where nothing is chosen in a layer, the map that the image excites most.
  hear("look", (side, answer) => {
    if (side !== 0 || !answer || state.map !== null || state.class !== null || state.whole) return;
    change({ map: answer.max.indexOf(Math.max(...answer.max)) }, { step: false });
  });
};

/** Asks for everything again, as at the beginning, or when a tile's size has changed. */
export const lookAgain = (names = [...ofLayer, "map", "at", "class"]) => update(names);

/** Goes to a layer, a map of it, and a unit; what is left out is the strongest. */
export const goTo = (layer, mapNumber = null, at = null, more = {}) => change({ layer, map: mapNumber, at, class: null, whole: false, ...more });
