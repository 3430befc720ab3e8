// In which order the maps of a layer stand: by number, by how strongly the image excites them, or by the class that excites them most.
import { fail } from "./dom.js";
import { found, heardOf } from "./looking.js";
import { known, netOf, subject } from "./networks.js";
import { ask } from "./server.js";
import { state, when } from "./state.js";

/** The orders that there are: by class only where images of several are known. */
export const orders = () => ["number", "strength", ...netOf(0).classes.length && known.data.labels ? ["class"] : []];

const affinities = new Map(), key = side => `${subject(side).net} ${netOf(side).run} ${state.layer}`;

/** Of each map the class that excites it most and how much of its strength that is; null until it is known. */
export const affinityOf = side => affinities.get(key(side)) ?? null;

/** The numbers of the maps in the order that was chosen. */
export const orderOf = side => {
  const { look } = found[side];
  if (!look) return [];
  const maps = look.max.map((_, map) => map), affinity = affinityOf(side);
  if (state.sort === "strength") return maps.sort((a, b) => look.max[b] - look.max[a] || a - b);
  if (state.sort === "class" && affinity) return maps.sort((a, b) => rank(affinity[a]) - rank(affinity[b]) || affinity[b].share - affinity[a].share || a - b);
  return maps;
};
const rank = ({ class: k }) => k ?? Infinity;

/** Asks for the classes of a layer's maps, again and again while they are searched. */
const learn = async side => {
  if (state.sort !== "class" || affinityOf(side) || !netOf(side).classes.length) return;
  const asked = key(side), answer = await ask(`affinity${side}`, "affinity", { net: subject(side).net, layer: state.layer });
  if (!answer) return;
  if (answer.state === "searching") { setTimeout(() => learn(side).catch(fail), 400); return; }
  affinities.set(asked, answer.maps);
  heardOf("order", side);
};

/** Begins to follow what is chosen. */
export const followOrder = sides => when(["sort", "layer", "beside", "epoch"], () => { for (const side of sides()) learn(side).catch(fail); });
