// Values as pixels.

const packed = ([r, g, b]) => (255 << 24 | b << 16 | g << 8 | r) >>> 0;

/** 256 colours of an activity from 0 to the largest, as pixels. */
export const heats = Uint32Array.from({ length: 256 }, (_, i) => packed(zf.heat(i / 255)));

/** Sets a canvas to a size and paints pixels into it: 32 bits each, row by row. */
export const put = (canvas, width, height, pixels) => {
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  canvas.getContext("2d").putImageData(new ImageData(new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, 4 * width * height), width, height), 0, 0);
};

/** The image as the network sees it: bytes, grey [H·W] or colour [H·W·3]. */
export const seenPixels = (seen, count) => {
  const pixels = new Uint32Array(count), color = seen.length === 3 * count;
  for (let i = 0; i < count; i++) pixels[i] = color ? packed([seen[3 * i], seen[3 * i + 1], seen[3 * i + 2]]) : packed([seen[i], seen[i], seen[i]]);
  return pixels;
};

const shade = (value, scale) => Math.max(0, Math.min(255, Math.round(127.5 + 127.5 * value / scale)));

/** A projection [maps, H, W]: −scale is black, 0 mid grey, +scale white; three maps are red, green and blue, several others are summed. */
export const projectionPixels = ({ values, maps, height, width }, scale) => {
  const count = height * width, pixels = new Uint32Array(count), by = scale || 1;
  for (let i = 0; i < count; i++) {
    if (maps === 3) pixels[i] = packed([shade(values[i], by), shade(values[count + i], by), shade(values[2 * count + i], by)]);
    else {
      let sum = 0;
      for (let map = 0; map < maps; map++) sum += values[map * count + i];
      const grey = shade(sum, by);
      pixels[i] = packed([grey, grey, grey]);
    }
  }
  return pixels;
};

/** How strong a projection is at each pixel, 0 … 1 of the scale: the largest of its maps. */
export const strengths = ({ values, maps, height, width }, scale) => {
  const count = height * width, found = new Float32Array(count);
  for (let i = 0; i < count; i++) for (let map = 0; map < maps; map++) found[i] = Math.max(found[i], Math.abs(values[map * count + i]) / (scale || 1));
  return found;
};

/** Pixels of which only the strong part is seen; the rest lets through what lies below. */
export const through = (pixels, strength) => {
  const found = new Uint32Array(pixels.length);
  for (let i = 0; i < pixels.length; i++) found[i] = (pixels[i] & 0xffffff | Math.round(255 * Math.min(1, 1.6 * strength[i])) << 24) >>> 0;
  return found;
};

/** Small pictures stand in squares, large ones are smooth. */
export const isCoarse = side => side <= 64;

/** Places an element over a picture: rows and columns of the picture, cut off at its border. */
export const placeOver = (element, { y, x, height, width }, rows, columns) => {
  const top = Math.max(0, y), left = Math.max(0, x), bottom = Math.min(rows, y + height), right = Math.min(columns, x + width);
  Object.assign(element.style, { top: `${100 * top / rows}%`, left: `${100 * left / columns}%`, height: `${100 * Math.max(0, bottom - top) / rows}%`, width: `${100 * Math.max(0, right - left) / columns}%` });
};
