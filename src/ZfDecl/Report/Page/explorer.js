
// Occlusion: what the network makes of the image while a square covers it, wherever that is moved.
(() => {
  const grids = new Map();
  zf.occlusion = (key, grid) => grids.set(key, grid);

  const { stops, heat, hues, rgb, digits, percent } = zf;

  const start = explorer => {
    const grid = grids.get(explorer.dataset.grid), { rows, columns, size, stride, height, width } = grid;
    const panes = [...explorer.querySelectorAll(".pane")], field = name => explorer.querySelector(`[data-read="${name}"]`);
    const common = [...new Set(grid.predicted)].map(c => [c, grid.predicted.filter(p => p === c).length]).sort((a, b) => b[1] - a[1]).map(([c]) => c);
    const hue = c => hues[common.indexOf(c)] ?? "#808080";

    // A cell of the stride's size around the middle of the occluder, in shares of the image: from … extent, along an axis.
    const cells = [[grid.top, rows, height], [grid.left, columns, width]].map(([first, count, side]) => [(first + (size - stride) / 2) / side, count * stride / side]);
    const place = (element, [top, tall], [left, wide]) => Object.assign(element.style, { top: `${100 * top}%`, left: `${100 * left}%`, height: `${100 * tall}%`, width: `${100 * wide}%` });

    // One pixel a position, enlarged in squares.
    const paint = (name, color) => {
      const canvas = explorer.querySelector(`[data-pane="${name}"] canvas`);
      place(canvas, ...cells);
      canvas.width = columns;
      canvas.height = rows;
      const pen = canvas.getContext("2d"), pixels = pen.createImageData(columns, rows);
      for (let i = 0; i < rows * columns; i++) pixels.data.set([...color(i), 255], 4 * i);
      pen.putImageData(pixels, 0, 0);
    };
    for (const name of ["probability", "activity"]) {
      // Probabilities have one scale, whatever the image; activities have their own.
      const values = grid[name], [least, most] = name === "probability" ? [0, 1] : [Math.min(...values), Math.max(...values, Math.min(...values) + 1e-12)];
      paint(name, i => heat((values[i] - least) / (most - least)));
      const line = explorer.querySelector(`[data-pane="${name}"]`).parentElement.querySelector(".ramp-line"), show = name === "probability" ? percent : digits;
      const ramp = document.createElement("span");
      ramp.className = "heat";
      ramp.style.background = `linear-gradient(90deg, ${stops.map(stop => `rgb(${stop})`).join(", ")})`;
      if (name === "activity") line.replaceChildren(show(least), ramp, show(most));
      else {
        const here = document.createElement("span");
        here.textContent = `here ${show(Math.min(...values))} … ${show(Math.max(...values))}`;
        line.replaceChildren("0\u00a0%", ramp, "100\u00a0%", here);
      }
    }
    paint("predicted", i => rgb(hue(grid.predicted[i])));
    explorer.querySelector(".classes-line").replaceChildren(...common.slice(0, hues.length).map(c => {
      const entry = document.createElement("span"), swatch = document.createElement("span");
      swatch.className = "swatch";
      swatch.style.background = hue(c);
      entry.append(swatch, grid.classes[c]);
      return entry;
    }));

    let row = Math.floor(rows / 2), column = Math.floor(columns / 2);
    const put = (r, c, aloud) => {
      row = Math.max(0, Math.min(r, rows - 1));
      column = Math.max(0, Math.min(c, columns - 1));
      const i = row * columns + column, y = row * stride + grid.top, x = column * stride + grid.left;
      for (const pane of panes) {
        const square = pane.querySelector(".square"), onImage = pane.dataset.pane === "image";
        const within = (from, side) => [Math.max(from, 0) / side, (Math.min(from + size, side) - Math.max(from, 0)) / side];
        const cell = ([from, extent], index, count) => [from + index * extent / count, extent / count];
        square.style.display = "block";
        if (onImage) place(square, within(y, height), within(x, width));
        else place(square, cell(cells[0], row, rows), cell(cells[1], column, columns));
      }
      field("place").textContent = `covered at row ${y}, column ${x}`;
      field("probability").textContent = percent(grid.probability[i]);
      field("activity").textContent = digits(grid.activity[i]);
      field("predicted").textContent = grid.classes[grid.predicted[i]];
      if (aloud) field("aloud").textContent = `row ${y}, column ${x}: probability ${percent(grid.probability[i])}, activity ${digits(grid.activity[i])}, ${grid.classes[grid.predicted[i]]}`;
    };
    for (const pane of panes) {
      const follow = event => {
        const box = pane.getBoundingClientRect(), [u, v] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
        put(Math.round((v * height - size / 2 - grid.top) / stride), Math.round((u * width - size / 2 - grid.left) / stride));
      };
      pane.addEventListener("pointermove", follow);
      pane.addEventListener("pointerdown", follow);
      pane.addEventListener("keydown", event => {
        const by = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
        if (by) { event.preventDefault(); put(row + by[0], column + by[1], true); }
      });
    }
    // It begins where the occluder hurts most.
    const worst = grid.probability.indexOf(Math.min(...grid.probability));
    put(Math.floor(worst / columns), worst % columns);
  };

  const near = new IntersectionObserver(entries => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      (grids.has(target.dataset.grid) ? Promise.resolve() : zf.load(target.dataset.source)).then(() => start(target)).catch(problem => target.querySelector(".hint").textContent = problem.message);
    }
  }, { rootMargin: "600px 0px" });
  for (const explorer of document.querySelectorAll(".explorer")) near.observe(explorer);
})();
