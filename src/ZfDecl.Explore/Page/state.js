// What is looked at: one object, changed by `change`; who shows a part of it listens with `when`.

/** An image that nothing was done to. */
export const untouched = () => ({ shift: [0, 0], rotate: 0, scale: 1, blur: 0, erase: [], occluder: null });
const whole = () => ({ zoom: 1, x: 0, y: 0 });

/** What an address may say; everything else stands here as it begins. */
export const state = {
  image: null, layer: null, map: null, at: null, class: null, whole: false,                 // at: [row, column]; null is the strongest
  unpool: "sum", place: "cropped", rule: "deconv", rules: "one", scale: "own", sort: "number",
  epoch: null, beside: null,                                                                // beside: "run:<spec>/<run>" or "epoch:<number>"
  view: whole(), edit: untouched(),
};

const numbers = text => (text ?? "").split(/[\s,]+/).filter(Boolean).map(Number).filter(Number.isFinite);
const one = (text, fallback) => { const [value] = numbers(text); return value ?? fallback; };
const among = (text, names) => names.includes(text) ? text : names[0];
const count = text => /^\d+$/.test(text ?? "") ? Number(text) : null;

/** The state that the parts of an address mean; what is missing or makes no sense is as it begins. */
export const fromAddress = parts => {
  const at = numbers(parts.at), cover = numbers(parts.cover), shift = numbers(parts.shift), view = numbers(parts.view);
  return {
    image: /^(data:\d+|own:[\w-]+)$/.test(parts.image ?? "") ? parts.image : null,
    layer: parts.layer ?? null, map: count(parts.map), at: at.length === 2 ? at : null, class: count(parts.class), whole: parts.whole === "yes",
    unpool: among(parts.unpool, ["sum", "overwrite"]), place: among(parts.place, ["cropped", "in-place", "over"]), rule: among(parts.rule, ["deconv", "mask", "guided"]),
    rules: among(parts.rules, ["one", "own"]), scale: among(parts.scale, ["own", "one"]), sort: among(parts.sort, ["number", "strength", "class"]),
    epoch: count(parts.epoch), beside: /^(run:.+\/.+|epoch:\d+)$/.test(parts.beside ?? "") ? parts.beside : null,
    view: view.length === 3 ? { zoom: Math.max(1, view[0]), x: view[1], y: view[2] } : whole(),
    edit: {
      shift: shift.length === 2 ? shift : [0, 0], rotate: one(parts.rotate, 0), scale: one(parts.enlarge, 1) || 1, blur: one(parts.blur, 0),
      erase: (parts.erase ?? "").split(";").map(numbers).filter(spot => spot.length === 3),
      occluder: cover.length === 3 ? { y: cover[0], x: cover[1], size: cover[2] } : null,
    },
  };
};

const short = value => Number(value.toFixed(3));
const unless = (value, usual) => value === usual ? null : value;

/** The parts of an address that mean a state; what is as it begins is left out. */
const toAddress = ({ view, edit, ...now }) => ({
  layer: now.layer, map: now.map, at: now.at?.join(","), image: now.image, class: now.class, whole: now.whole ? "yes" : null,
  unpool: unless(now.unpool, "sum"), place: unless(now.place, "cropped"), rule: unless(now.rule, "deconv"), rules: unless(now.rules, "one"), scale: unless(now.scale, "own"), sort: unless(now.sort, "number"),
  epoch: now.epoch, beside: now.beside,
  view: view.zoom === 1 ? null : [view.zoom, view.x, view.y].map(short).join(","),
  shift: edit.shift.some(Boolean) ? edit.shift.map(short).join(",") : null, rotate: edit.rotate ? short(edit.rotate) : null, enlarge: unless(short(edit.scale), 1), blur: edit.blur ? short(edit.blur) : null,
  erase: edit.erase.map(spot => spot.map(short).join(",")).join(";"), cover: edit.occluder && [edit.occluder.y, edit.occluder.x, edit.occluder.size].map(short).join(","),
});

const listeners = [];
/** Calls `act` with the names that changed, whenever one of `names` does. */
export const when = (names, act) => { listeners.push({ names, act }); };

// While a key is held, what it does many times is one step.
let isHeld = false;
addEventListener("keydown", event => { isHeld = event.repeat; }, true);
addEventListener("keyup", () => { isHeld = false; }, true);

let writing = 0;
/** Changes the state, tells who listens, and keeps it in the address: as a step that the browser's Back undoes, unless it is one of many, as in dragging. */
export const change = (changes, { step = true } = {}) => {
  const names = Object.keys(changes).filter(name => !same(state[name], changes[name]));
  if (!names.length) return;
  Object.assign(state, changes);
  clearTimeout(writing);
  if (step && !isHeld) write("pushState");
  else {
    writing = setTimeout(write, 250, "replaceState");
    document.body.dataset.address = "behind";
  }
  for (const { names: of, act } of listeners) if (of.some(name => names.includes(name))) act(names);
};
const same = (a, b) => a === b || JSON.stringify(a) === JSON.stringify(b);
const write = way => {
  history[way](null, "", `#${address()}`);
  delete document.body.dataset.address;
};

/** The fragment of what is looked at now. */
export const address = (now = state) => zf.address.write(toAddress(now));
