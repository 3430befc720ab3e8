
// A chart enlarged, as large as the screen lets it; on a phone it is wider than that and scrolls.
(() => {
  const dialog = document.getElementById("large"), room = dialog.querySelector(".room"), title = document.getElementById("large-title");
  let from = null;
  for (const button of document.querySelectorAll(".chart .enlarge")) button.addEventListener("click", () => {
    const figure = button.closest(".chart");
    from = document.createComment("here");
    figure.replaceWith(from);
    room.replaceChildren(figure);
    title.textContent = figure.querySelector(".chart-title").textContent;
    dialog.showModal();
  });
  dialog.addEventListener("click", event => { if (event.target === dialog || event.target.closest("[data-close]")) dialog.close(); });
  dialog.addEventListener("close", () => {
    const figure = room.firstElementChild;
    from.replaceWith(figure);
    figure.querySelector(".enlarge").focus();
  });
})();

// Curves: a line at the epoch under the pointer, and its values in words.
for (const figure of document.querySelectorAll(".chart")) {
  const { top, bottom, width, points } = JSON.parse(figure.dataset.chart);
  const drawing = figure.querySelector(":scope > svg"), cursor = figure.querySelector(".cursor"), reading = figure.querySelector(".reading");
  let now = -1;
  const read = i => {
    now = Math.max(0, Math.min(i, points.length - 1));
    cursor.setAttribute("d", `M${points[now][0]} ${top}V${bottom}`);
    reading.textContent = points[now][1];
  };
  const clear = () => { cursor.setAttribute("d", ""); reading.textContent = "\u200b"; };
  drawing.addEventListener("pointermove", event => {
    const box = drawing.getBoundingClientRect(), x = (event.clientX - box.left) / box.width * width;
    read(points.reduce((best, point, i) => Math.abs(point[0] - x) < Math.abs(points[best][0] - x) ? i : best, 0));
  });
  drawing.addEventListener("pointerleave", clear);
  drawing.addEventListener("focus", () => { if (drawing.matches(":focus-visible")) read(now < 0 ? points.length - 1 : now); });
  drawing.addEventListener("blur", clear);
  drawing.addEventListener("keydown", event => {
    const to = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: points.length - 1 }[event.key];
    if (to !== undefined) { event.preventDefault(); read(to); }
  });
}
