/** Texts that break things. */
import fc from "fast-check";

const NASTY = [
  ...["", " ", "-", "--", "-x", "--x", "=", "@", "@nothing", "'", '"', "$A"],
  ...["constructor", "__proto__", "toString", "hasOwnProperty", "null", "NaN"],
  ...["0", "-1", "1e400", "12345678901234567890", "0x10", "Infinity"],
  ...["\u001b[2J", "\u009b2J", "\u202eabc", "\u2028", "\u{e0041}", "\u007f"],
  ...[
    "a\r\nb",
    "\t",
    "a,b",
    "a;b",
    "=1+1",
    "../..",
    "https://x.example",
    "%00",
  ],
  ...["{}", "[]", "{", "[1,2]", "\ufeff", "é", "漢字", "👩‍👩‍👧", "x".repeat(5000)],
];

export const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...NASTY) },
  { weight: 2, arbitrary: fc.string({ unit: "grapheme", maxLength: 30 }) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 30 }) },
);

/** Any JSON, with the texts above as strings and as names. */
export const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(null, true, 0, -1, 1e300, 12345678901234567890),
    text,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(text, tie("value"), { maxKeys: 4 }),
  ),
})).value;
