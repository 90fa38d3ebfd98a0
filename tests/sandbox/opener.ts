/** A worker that opens a store at a given moment, and tells what came of it. */
/// <reference lib="deno.worker" />
import { Store } from "../../sandbox/store/store.ts";

self.onmessage = ({ data: { path, at } }) => {
  while (Date.now() < at);
  try {
    new Store(path, Date, () => {}).close();
    self.postMessage("");
  } catch (error) {
    self.postMessage(String(error));
  }
};
