/**
 * STOP and START: words that a person texts to an SMS sender to opt out of an
 * app's messages and in again.
 *
 * @see https://developers.sinch.com/docs/conversation/callbacks/ (OPT_IN, OPT_OUT)
 */
import { publish } from "../callbacks/outbox.ts";
import type { ChannelIdentity } from "../contract/channels.ts";
import type { Store } from "../store/store.ts";
import type { AppRow } from "./apps.ts";
import { addConsent, removeConsent } from "./consents.ts";

const STOP = /^\s*(stop|stopall|unsubscribe|cancel|end|quit)\s*$/i;
const START = /^\s*(start|unstop)\s*$/i;

/** Opts the sender out or in if the text is such a word; part of a change. */
export function followKeyword(
  store: Store,
  app: AppRow,
  from: ChannelIdentity,
  text: string | undefined,
  contactId: string,
): void {
  if (from.channel !== "SMS" || !text) return;
  const optsOut = STOP.test(text);
  if (!optsOut && !START.test(text)) return;
  const change = optsOut ? addConsent : removeConsent;
  change(store, app.id, "OPT_OUT_ALL", from.identity, "ORIGIN_MO");
  publish(store, {
    trigger: optsOut ? "OPT_OUT" : "OPT_IN",
    appId: app.id,
    subject: contactId || from.identity,
    payload: {
      request_id: store.newId(),
      contact_id: contactId,
      channel: from.channel,
      identity: from.identity,
      status: optsOut ? "OPT_OUT_SUCCEEDED" : "OPT_IN_SUCCEEDED",
      processing_mode: app.processing_mode,
    },
  });
}
