
// What a page shows, as the fragment of its address: one format for the report and the explorer.
//   #conv3-17                a map, as the report writes it; #conv3 a layer
//   #images/Bag/Coat         the images of one class that were taken for another
//   #layer=conv3&map=17&at=6+7&image=data:4    all that the explorer shows
zf.address = {
  /** The parts of a fragment, as text: layer, map, at …; of and as, two classes, of images that were misclassified. */
  read: fragment => {
    const text = fragment.replace(/^#/, "");
    if (text.includes("=")) return Object.fromEntries(new URLSearchParams(text));
    const decoded = part => { try { return decodeURIComponent(part); } catch { return part; } };
    const images = text.match(/^images\/([^/]*)\/([^/]*)$/), map = text.match(/^(.+)-(\d+)$/);
    if (images) return { of: decoded(images[1]), as: decoded(images[2]) };
    if (map) return { layer: decoded(map[1]), map: map[2] };
    return text ? { layer: decoded(text) } : {};
  },

  /** The fragment of parts, without its #; what is null or empty is left out. */
  write: parts => Object.entries(parts).filter(([, value]) => value !== null && value !== undefined && value !== "")
    .map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll("%20", "+").replaceAll("%3A", ":").replaceAll("%2C", ",")}`).join("&"),

  /** The anchor of the report that a fragment means. */
  anchor: fragment => {
    if (!fragment.includes("=")) return fragment.replace(/^#/, "");
    const { layer, map, of, as } = zf.address.read(fragment);
    if (layer) return map ? `${layer}-${map}` : layer;
    return of && as ? `images/${encodeURIComponent(of)}/${encodeURIComponent(as)}` : "";
  },
};
