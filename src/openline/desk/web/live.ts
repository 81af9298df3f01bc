// A worker that listens to the post.  Its timers are not slowed down when the page is in the background, so a post that
// has fallen silent is noticed, and found again, whatever tab is in front.

import type { PostEvent, Word } from "./wire.js";

const SILENT_MS = 2_000;
const AGAIN_MS = 500;
const NOT_SIGNED_IN = 4401;

let socket: WebSocket | null = null;
let open = false;
let heard = 0;

function say(word: Word): void {
  postMessage(word);
}

function listen(): void {
  const opening = new WebSocket(`${location.origin.replace(/^http/, "ws")}/api/v1/events`);
  socket = opening;
  heard = performance.now();
  opening.onmessage = (message: MessageEvent<string>) => {
    if (socket !== opening) return;
    heard = performance.now();
    if (!open) {
      open = true;
      say({ is: "open" });
    }
    say({ is: "event", event: JSON.parse(message.data) as PostEvent });
  };
  opening.onclose = (close) => {
    if (socket === opening) shut(close.code === NOT_SIGNED_IN);
  };
}

function shut(signIn: boolean): void {
  const old = socket;
  socket = null;
  open = false;
  old?.close();
  say({ is: "shut", signIn });
  if (!signIn) setTimeout(listen, AGAIN_MS);
}

setInterval(() => {
  if (socket && performance.now() - heard > SILENT_MS) shut(false);
}, 250);

// The page says that somebody has signed in again.
onmessage = () => {
  if (!socket) listen();
};

listen();
