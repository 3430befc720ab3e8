// Asking the server. Of the requests in a lane only the newest counts.

const tab = Math.random().toString(36).slice(2, 7), lanes = new Map();

// How many requests are under way, for whoever waits until the page has come to rest.
let busy = 0;
const count = by => { document.body.dataset.busy = busy += by; };
// What an answer leads to is asked for before it is counted as done.
const done = () => setTimeout(count, 0, -1);

/** A problem as the server says it: a code and a sentence. */
class Problem extends Error {
  constructor(code, message) { super(message); this.code = code; }
}

const problemOf = async response => {
  const said = await response.json().catch(() => ({}));
  return new Problem(said.code ?? `${response.status}`, said.message ?? `The server answered ${response.status}.`);
};
const reached = promise => promise.catch(failure => {
  if (failure.name === "AbortError") throw failure;
  throw new Problem("", "The program is not there any more: start it again (`-t:Explore`), and open its new address.");
});

/** The answer to a question that changes nothing. */
export const get = async path => {
  count(1);
  try { return await (await send("GET", path)).json(); }
  finally { done(); }
};

/** Sends something that is no question of a lane: an upload, the board. Answers with the response. */
export const send = async (method, path, body, headers = {}) => {
  const isJson = typeof body === "object" && !(body instanceof Blob);
  count(1);
  try {
    const response = await reached(fetch(`/api/${path}`, { method, body: isJson ? JSON.stringify(body) : body, headers: isJson ? { "Content-Type": "application/json", ...headers } : headers }));
    if (!response.ok) throw await problemOf(response);
    return response;
  } finally { done(); }
};

/**
 * Asks in a lane. An earlier request that is under way is aborted; with `follow` it is let finish, and of those that wait behind it only the newest is sent: dragging shows
 * what can be shown, and never queues up. Answers with the response, read by `read`; null where it was overtaken.
 */
export const ask = (lane, path, body, { follow = false, read = response => response.json() } = {}) => {
  const under = lanes.get(lane);
  if (under && follow) {
    under.next?.done(null);
    return new Promise((done, failed) => { under.next = { path, body, read, done, failed }; });
  }
  stop(lane);
  return go(lane, path, body, read);
};

/** Drops what is under way in a lane. */
export const stop = lane => {
  const under = lanes.get(lane);
  lanes.delete(lane);
  under?.abort.abort();
  under?.next?.done(null);
};

const go = async (lane, path, body, read) => {
  const turn = { abort: new AbortController(), next: null };
  lanes.set(lane, turn);
  count(1);
  try {
    const response = await reached(fetch(`/api/${path}`, {
      method: "POST", body: JSON.stringify(body), signal: turn.abort.signal, headers: { "Content-Type": "application/json", "X-Zf-Lane": `${tab}-${lane}` },
    }));
    if (response.status === 409) return null;
    if (!response.ok) throw await problemOf(response);
    return await read(response);
  } catch (failure) {
    if (failure.name === "AbortError") return null;
    throw failure;
  } finally {
    done();
    if (lanes.get(lane) === turn) {
      lanes.delete(lane);
      if (turn.next) go(lane, turn.next.path, turn.next.body, turn.next.read).then(turn.next.done, turn.next.failed);
    }
  }
};

/** Reads lines of JSON as they come. */
export const lines = each => async response => {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    const parts = (rest + (value ?? "")).split("\n");
    rest = parts.pop();
    for (const line of parts) if (line) each(JSON.parse(line));
    if (done) return true;
  }
};

/** Bytes from base64. */
export const bytes = text => {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const raw = atob(text), found = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) found[i] = raw.charCodeAt(i);
  return found;
};

/** Little-endian floats from base64. */
export const floats = text => { const raw = bytes(text); return new Float32Array(raw.buffer, raw.byteOffset, raw.length / 4); };
