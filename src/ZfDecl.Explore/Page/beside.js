// Two runs or two epochs beside each other, and going through the epochs of a run (Fig. 4 by hand).
import { $, fail, make } from "./dom.js";
import { known, openBeside } from "./networks.js";
import { change, fromAddress, state, when } from "./state.js";

const epochs = () => known.nets[0].epochs ?? [];

/** The epoch `by` places further; behind the last stand the weights that the run ended with. */
export const stepEpoch = by => {
  const all = [...epochs(), null], next = all.indexOf(state.epoch) + by;
  if (next >= 0 && next < all.length) change({ epoch: all[next] }, { step: false });
};

let playing = 0;
const play = () => {
  const button = $("play-epochs");
  if (playing) { clearInterval(playing); playing = 0; }
  else {
    if (state.epoch === null) change({ epoch: epochs()[0] }, { step: false });
    playing = setInterval(() => { if (state.epoch === null) play(); else stepEpoch(1); }, 450);
  }
  button.textContent = playing ? "Stop" : "Play";
};

/** Shows what there is to put beside, and follows what is chosen. */
export const prepareBeside = () => {
  const select = $("beside"), option = (value, text) => make("option", { value, text }), group = (label, ...within) => make("optgroup", { label }, ...within);
  select.replaceChildren(option("", "nothing"), ...epochs().length ? [group("another epoch", ...epochs().map(epoch => option(`epoch:${epoch}`, `epoch ${epoch}`)))] : [],
    ...known.runs.length ? [group("another run", ...known.runs.map(({ spec, run }) => option(`run:${spec}/${run}`, `${spec} · ${run}`)))] : []);
  select.parentElement.hidden = select.options.length < 2;
  select.addEventListener("input", () => open(select.value || null));
  $("epochs").hidden = !epochs().length;
  const slider = $("epoch");
  Object.assign(slider, { min: 0, max: epochs().length, step: 1 });
  slider.addEventListener("input", () => change({ epoch: epochs()[slider.value] ?? null }, { step: false }));
  $("play-epochs").addEventListener("click", play);
  when(["epoch", "beside"], show);
  show();
};

const open = async beside => {
  const before = state.beside;
  // The run is opened first: what is shown beside must be there.
  try { await openBeside(beside); change({ beside }); }
  catch (problem) { $("beside").value = before ?? ""; fail(problem); }
};

const show = () => {
  $("beside").value = state.beside ?? "";
  const all = epochs(), at = all.indexOf(state.epoch);
  $("epoch").value = at < 0 ? all.length : at;
  const words = state.epoch === null ? "as it ended" : `epoch ${state.epoch}`;
  $("epoch-now").textContent = words;
  $("epoch").setAttribute("aria-valuetext", words);
  document.body.classList.toggle("two", Boolean(state.beside));
};

/** Shows what an address says; `complete` fills in what it leaves open. A run that it names is opened first. */
export const arrive = async (fragment, complete) => {
  const next = complete(fromAddress(zf.address.read(fragment)));
  try { await openBeside(next.beside); }
  catch (problem) { next.beside = null; fail(problem); }
  change(next, { step: false });
};
