/** Kinds of values that several commands take. */
import { CHANNELS, DOCUMENTED_CHANNELS } from "../api/channel.ts";
import { parseChannel } from "./channel.ts";
import { httpUrl, languageCode, refusal, text } from "./checks.ts";
import { type LiveKind, SourceType, ValueType } from "./value_type.ts";
import { parsePointInTime } from "./point_in_time.ts";

/** Any text that is not blank, such as a name. */
export const LINE = new ValueType(text());

/** The same, also as `@file` or `-`. */
export const TEXT = new SourceType(text());

/** An ID, which completion looks up in the account. */
export const idOf = (live: LiveKind) =>
  new ValueType((value, at) => {
    if (!/^\S+$/.test(value)) throw refusal(at, "must be an ID", value);
    return value;
  }, { live });

/** A name of something in the account or on this machine. */
export const nameOf = (live: LiveKind) => new ValueType(text(), { live });

export const CHANNEL = new ValueType(
  parseChannel,
  Object.entries(CHANNELS).map(([value, { name }]) => ({ value, text: name })),
  DOCUMENTED_CHANNELS,
);

export const URL_TYPE = new ValueType(httpUrl);

export const LANGUAGE = new ValueType(languageCode);

export const FILE = new ValueType(text(), "files");

/** A whole number in a range, its ends included. */
export const wholeNumber = (min: number, max: number) =>
  new ValueType((value, at) => {
    const number = /^\d+$/.test(value) ? Number(value) : NaN;
    if (number >= min && number <= max) return number;
    throw refusal(at, `must be a whole number from ${min} to ${max}`, value);
  });

/** A whole number of at least 1. */
export const COUNT = new ValueType((value, at) => {
  if (!/^\d+$/.test(value) || Number(value) < 1) {
    throw refusal(at, "must be a whole number of at least 1", value);
  }
  return Number(value);
});

export const TIME = new ValueType(parsePointInTime);
