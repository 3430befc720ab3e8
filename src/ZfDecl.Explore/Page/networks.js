// The networks, and the sides on which they are shown: one, or two beside each other.
import { get, send } from "./server.js";
import { state } from "./state.js";

/** What the server has told: networks, data, runs to compare with, limits. */
export const known = { nets: [], data: {}, runs: [], limits: {} };

/** Asks what there is. */
export const learn = async () => {
  Object.assign(known, await get("network"));
  for (const [, name] of known.nets[0].svg.matchAll(/data-layer="([^"]+)"/g)) drawn.add(name);
};

/** Opens the run that the state names to be shown beside the first one, where it is not open yet. */
export const openBeside = async beside => {
  const [, spec, run] = beside?.match(/^run:(.+)\/(.+)$/) ?? [];
  if (!spec || known.nets[1]?.spec === spec && known.nets[1].run === run) return;
  known.nets[1] = await (await send("POST", "compare", { spec, run })).json();
};

/** The number that a class of one side has on the other: two runs may tell other classes apart. −1 where it has none. */
export const classOn = (side, of, k) => netOf(side) === netOf(of) ? k : netOf(side).classes.indexOf(netOf(of).classes[k]);

const isOther = side => side === 1 && Boolean(state.beside?.startsWith("run:"));

/** 0, or 0 and 1. */
export const sides = () => state.beside ? [0, 1] : [0];

/** The network of a side; the first where the other one is not open yet. */
export const netOf = side => isOther(side) && known.nets[1] || known.nets[0];

/** What is known of a layer; undefined where a network has none of that name. */
export const layerOf = (side = 0, name = state.layer) => netOf(side).layers.find(layer => layer.name === name);

/** The layers that one can go to: those that have a box in the drawing. */
export const shownLayers = () => known.nets[0].layers.filter(layer => drawn.has(layer.name));
const drawn = new Set();

const epochOf = side => side === 1 && state.beside?.startsWith("epoch:") ? Number(state.beside.slice(6)) : state.epoch;

/** What a request is about: a network after an epoch, and an image as it was cropped and changed. */
export const subject = side => ({ net: isOther(side) ? 1 : 0, epoch: isOther(side) ? null : epochOf(side), image: state.image, view: state.view, edit: state.edit });

/** How a side is called. */
export const titleOf = side => {
  const { spec, run } = netOf(side), epoch = isOther(side) ? null : epochOf(side);
  return `${spec} · ${run}${epoch === null ? "" : ` · epoch ${epoch}`}`;
};

/** The shape of a layer in words: 64 maps of 7×7, or 256 units. */
export const shapeOf = ({ maps, height, width }) => height === 1 && width === 1 ? `${maps.toLocaleString("en")} units` : `${maps.toLocaleString("en")} maps of ${height}×${width}`;

/** The unit of a layer whose window lies around a pixel. */
export const unitAround = ({ receptiveField: field, height, width }, y, x) => [[y, field.height, field.strideY, field.offsetY, height], [x, field.width, field.strideX, field.offsetX, width]]
  .map(([pixel, seen, stride, offset, units]) => Math.max(0, Math.min(units - 1, Math.round((pixel - offset - seen / 2) / Math.max(1, stride)))));
