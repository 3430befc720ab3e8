
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
