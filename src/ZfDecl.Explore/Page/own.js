// Images of one's own: dropped, pasted, chosen from the disk, or from the camera.
import { $, fail, say } from "./dom.js";
import { call, choose } from "./chooser.js";
import { known } from "./networks.js";
import { send } from "./server.js";
import { change } from "./state.js";

const upload = async (blob, name) => {
  const { uploadBytes } = known.limits;
  if (uploadBytes && blob.size > uploadBytes) throw new Error(`${name} has ${Math.round(blob.size / 1e6)} MB; at most ${Math.round(uploadBytes / 1e6)} MB can be shown.`);
  return (await send("POST", "upload", blob, { "X-Zf-Name": encodeURIComponent(name) })).json();
};

const take = async (file, name = file.name || "pasted picture") => {
  const { image, width, height } = await upload(file, name);
  call(image, name);
  choose(image);
  say(`${name}: ${width}×${height} pixels`);
};

/** Takes pictures from wherever they come. */
export const takeOwn = () => {
  const picker = $("file");
  $("open-file").addEventListener("click", () => picker.click());
  picker.addEventListener("change", () => { if (picker.files[0]) take(picker.files[0]).catch(fail); picker.value = ""; });
  addEventListener("paste", event => {
    const file = [...event.clipboardData?.files ?? []].find(one => one.type.startsWith("image/"));
    if (file) { event.preventDefault(); take(file).catch(fail); }
  });
  let inside = 0;
  const over = is => document.body.classList.toggle("dropping", is);
  addEventListener("dragenter", event => { if (event.dataTransfer.types.includes("Files")) { inside++; over(true); } });
  addEventListener("dragleave", () => { inside = Math.max(0, inside - 1); if (!inside) over(false); });
  addEventListener("dragover", event => event.preventDefault());
  addEventListener("drop", event => {
    event.preventDefault();
    inside = 0;
    over(false);
    const file = event.dataTransfer.files[0];
    if (file) take(file).catch(fail);
  });
  camera();
};

// The camera stays on while its window is open; alive, each picture follows the one before it when that has been looked at.
const camera = () => {
  const dialog = $("camera"), video = $("video"), alive = $("alive");
  let stream = null;
  const frame = async () => {
    const side = Math.min(video.videoWidth, video.videoHeight), size = Math.min(side, 512), canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
    canvas.getContext("2d").drawImage(video, (video.videoWidth - side) / 2, (video.videoHeight - side) / 2, side, side, 0, 0, size, size);
    return upload(await new Promise(done => canvas.toBlob(done, "image/jpeg", .92)), "camera.jpg");
  };
  const shoot = async () => change({ image: (await frame()).image }, { step: !alive.checked });
  const live = async () => {
    while (alive.checked && stream && dialog.open) {
      await shoot();
      await new Promise(requestAnimationFrame);
    }
  };
  $("open-camera").addEventListener("click", async () => {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 480 } });
      video.srcObject = stream;
      dialog.show();
      await video.play();
      if (alive.checked) await live();
    } catch (problem) {
      fail(new Error(`No picture from a camera: ${problem.message}`));
    }
  });
  $("shoot").addEventListener("click", () => shoot().catch(fail));
  alive.addEventListener("change", () => live().catch(problem => { alive.checked = false; fail(problem); }));
  dialog.addEventListener("close", () => {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
    video.srcObject = null;
  });
};
