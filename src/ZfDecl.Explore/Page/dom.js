// Small things that every part needs.

export const $ = id => document.getElementById(id);

/** An element: its properties (class, text, and attributes by name), and what stands in it. */
export const make = (tag, properties = {}, ...within) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "class") element.className = value;
    else if (name === "text") element.textContent = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...within);
  return element;
};

/** A drawing that is made once in the next frame, however often it is asked for. */
export const framed = draw => {
  let waits = false;
  return () => {
    if (waits) return;
    waits = true;
    requestAnimationFrame(() => { waits = false; draw(); });
  };
};

/** Runs `act` when nothing has asked for it for some milliseconds. */
export const settled = (delay, act) => {
  let timer = 0;
  return (...given) => { clearTimeout(timer); timer = setTimeout(act, delay, ...given); };
};

/** Says something in words: seen in a line at the bottom, and heard. Empty for nothing. */
export const say = (text, isProblem = false) => {
  const line = $("says");
  line.textContent = text;
  line.classList.toggle("problem", isProblem);
  if (!isProblem && text) hush(text);
};
const hush = settled(6000, text => { if ($("says").textContent === text) say(""); });

/** Says what went wrong. */
export const fail = problem => {
  say(problem.code ? `${problem.code}: ${problem.message}` : problem.message ?? String(problem), true);
};

/** Says for those who listen what the page has drawn, when it has come to rest. */
export const tell = settled(700, text => { $("aloud").textContent = text; });

const mostMeasures = 1000;
let measures = 0;
/** How long something took from what was done to what is drawn, for the browser's timeline and for the benchmark; with the milliseconds that the server computed. The last thousand are kept. */
export const took = (name, began, computed) => {
  if (++measures > mostMeasures) { performance.clearMeasures(); measures = 1; }
  performance.measure(`zf-${name}`, { start: began, end: performance.now(), detail: { computed } });
};

/** Whether a key was pressed for the page, not to write or with another meaning. */
export const isFree = event => !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest?.("input:not([type=range], [type=checkbox], [type=radio]), select, textarea, [contenteditable]");

/** Radio buttons in a row; `options` are [value, text]. Calls `pick` with what was chosen. */
export const choice = (name, legend, options, now, pick) => {
  const box = make("fieldset", { class: "choice" }, make("legend", { class: "unseen", text: legend }));
  for (const [value, text, hint] of options) {
    const input = make("input", { type: "radio", name, value, checked: value === now });
    input.addEventListener("change", () => { if (input.checked) pick(value); });
    box.append(make("label", { title: hint ?? null }, input, make("span", { text })));
  }
  box.show = value => { for (const input of box.querySelectorAll("input")) input.checked = input.value === String(value); };
  return box;
};
