
// Colours of values and classes, and numbers as text.
/** Dark blue to yellow through green, even in lightness: readable without colour. */
zf.stops = [[68, 1, 84], [59, 82, 139], [33, 145, 140], [94, 201, 98], [253, 231, 37]];
/** The colour of a share, 0 … 1. */
zf.heat = share => {
  const at = Math.max(0, Math.min(1, share)) * (zf.stops.length - 1), from = Math.min(Math.floor(at), zf.stops.length - 2);
  return zf.stops[from].map((part, i) => Math.round(part + (zf.stops[from + 1][i] - part) * (at - from)));
};
zf.hues = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#8c6bb1"];
zf.rgb = hex => [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16));
/** Three significant digits; of what is very small with the power of ten, so that it stays short. */
zf.digits = value => value !== 0 && Math.abs(value) < 1e-3 ? Number(value.toPrecision(3)).toExponential() : Number(value.toPrecision(3)).toString();
zf.percent = value => `${(100 * value).toFixed(2)}\u00a0%`;
