// Choosing an image of the data set: by class, by what is misclassified, by name; thumbnails come as they are scrolled to.
import { $, fail, make, settled } from "./dom.js";
import { known, netOf } from "./networks.js";
import { get } from "./server.js";
import { change, state, untouched } from "./state.js";

const page = 120, filters = { class: "", text: "", wrong: false, as: "" };
let total = 0, loaded = [], asked = 0, opener = null;

/** The address of an image's thumbnail; null for one that is not of the data set. */
const thumbnail = image => image?.startsWith("data:") ? `/api/thumbnail/${image.slice(5)}` : null;

const items = new Map();
/** What is known of an image: its name, its true class, what it was taken for; its name alone where it is somebody's own. */
export const about = async image => {
  if (!image?.startsWith("data:")) return items.get(image) ?? {};
  if (!items.has(image)) for (const one of (await get(`images?from=${image.slice(5)}&count=1`)).items) items.set(one.image, one);
  return items.get(image) ?? {};
};
/** Remembers what an image is called. */
export const call = (image, name) => items.set(image, { image, name });

/** Shows an image, as the network's own crop and untouched. */
export const choose = image => change({ image, at: null, view: { zoom: 1, x: 0, y: 0 }, edit: { ...untouched(), occluder: state.edit.occluder } });

const query = (from, count) => new URLSearchParams({ from, count, ...filters.class !== "" ? { class: filters.class } : {}, ...filters.text ? { text: filters.text } : {}, ...filters.wrong ? { wrong: 1 } : {}, ...filters.as !== "" ? { as: filters.as } : {} });

/** A random image of those that the chooser shows. */
export const random = async () => choose((await get(`images/random?${query(0, 1)}`)).image);

/** The image that stands `by` places behind the one that is shown, among those that the chooser shows. */
export const step = async by => {
  if (!loaded.length) await start();
  const now = loaded.findIndex(({ image }) => image === state.image);
  if (now + by >= loaded.length && loaded.length < total) await more();
  const next = now < 0 ? loaded[0] : loaded[(now + by + loaded.length) % loaded.length];
  if (next) choose(next.image);
};

const more = async () => {
  const turn = asked, answer = await get(`images?${query(loaded.length, page)}`);
  if (turn !== asked) return;
  total = answer.total;
  loaded.push(...answer.items);
  for (const one of answer.items) items.set(one.image, one);
  $("thumbnails").append(...answer.items.map(item));
  $("found").textContent = total === 0 ? "No image is like that." : `${total.toLocaleString("en")} images`;
  $("more").hidden = loaded.length >= total;
};
/** What an image is, and what it was taken for where that is something else, in words. */
export const wordsOf = ({ label, class: called, predicted }) => `${called ?? netOf(0).classes[label] ?? ""}${predicted === undefined ? "" : ` taken for ${netOf(0).classes[predicted]}`}`;
const item = one => {
  const { image, name } = one, words = wordsOf(one);
  const button = make("button", { type: "button", "data-image": image, "aria-label": `${words} ${name}`, title: `${words} ${name}`.trim() }, make("img", { src: thumbnail(image), alt: "", loading: "lazy", decoding: "async" }), make("span", { text: words || name }));
  return make("li", {}, button);
};

const start = () => {
  asked++;
  loaded = [];
  total = 0;
  $("thumbnails").replaceChildren();
  $("more").hidden = true;
  return more().catch(fail);
};

/** Opens the chooser. */
export const openChooser = async () => {
  opener = document.activeElement;
  $("chooser").showModal();
  if (!loaded.length) await start();
  mark();
  ($("thumbnails").querySelector('[aria-current="true"]') ?? $("thumbnails").querySelector("button") ?? $("by-name")).focus();
};
const mark = () => { for (const button of $("thumbnails").querySelectorAll("button")) button.setAttribute("aria-current", button.dataset.image === state.image); };

/** Shows only images of one class that were taken for another, as an address of the report asks for; answers with the first, or null. */
export const showWrong = async ({ of, as }) => {
  const [k, taken] = [of, as].map(name => netOf(0).classes.indexOf(name));
  if (k < 0 || taken < 0) return null;
  Object.assign(filters, { class: String(k), as: String(taken), wrong: true });
  show();
  await start();
  return loaded[0]?.image ?? null;
};
const show = () => { $("of-class").value = filters.class; $("taken-as").value = filters.as; $("only-wrong").checked = filters.wrong; $("by-name").value = filters.text; };

/** Fills the chooser in with what the network knows. */
export const prepareChooser = () => {
  const { classes } = netOf(0), hasWrong = Boolean(known.data.gallery);
  for (const [select, all] of [[$("of-class"), "all classes"], [$("taken-as"), "anything"]]) select.replaceChildren(make("option", { value: "", text: all }), ...classes.map((name, i) => make("option", { value: i, text: name })));
  $("of-class").parentElement.hidden = !known.data.labels;
  $("only-wrong").disabled = $("taken-as").disabled = !hasWrong;
  $("wrong-hint").textContent = hasWrong ? "" : "What is misclassified is known after -t:Evaluate.";
  const filter = settled(150, () => {
    Object.assign(filters, { class: $("of-class").value, text: $("by-name").value.trim(), wrong: $("only-wrong").checked || $("taken-as").value !== "", as: $("taken-as").value });
    $("only-wrong").checked = filters.wrong;
    start();
  });
  for (const id of ["of-class", "taken-as", "by-name", "only-wrong"]) $(id).addEventListener("input", filter);
  $("thumbnails").addEventListener("click", event => {
    const button = event.target.closest("button");
    if (!button) return;
    choose(button.dataset.image);
    $("chooser").close();
  });
  $("thumbnails").addEventListener("keydown", event => {
    const all = [...$("thumbnails").querySelectorAll("button")], now = all.indexOf(document.activeElement), columns = all.filter(one => one.offsetTop === all[0].offsetTop).length;
    const next = all[now + ({ ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key] ?? NaN)];
    if (now < 0 || !next) return;
    event.preventDefault();
    next.focus();
  });
  $("chooser").addEventListener("close", () => opener?.focus());
  new IntersectionObserver(([{ isIntersecting }]) => { if (isIntersecting && loaded.length < total) more().catch(fail); }, { root: $("chooser"), rootMargin: "400px" }).observe($("more"));
  $("more").addEventListener("click", () => more().catch(fail));
  $("a-random-one").addEventListener("click", () => random().catch(fail));
};
