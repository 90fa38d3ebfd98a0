import { assertEquals } from "@std/assert";
import { type SmsParts, smsParts } from "../../channels/sms_parts.ts";

const a = (count: number) => "a".repeat(count);
const CASES: [
  name: string,
  text: string,
  encoding: SmsParts["encoding"],
  units: number,
  parts: number,
][] = [
  ["nothing", "", "GSM-7", 0, 1],
  ["160 septets", a(160), "GSM-7", 160, 1],
  ["161 septets", a(161), "GSM-7", 161, 2],
  ["two full parts", a(306), "GSM-7", 306, 2],
  ["one septet more", a(307), "GSM-7", 307, 3],
  ["the first and the last of GSM-7", "@à", "GSM-7", 2, 1],
  ["every escaped character", "\f^{}\\[~]|€", "GSM-7", 20, 1],
  ["an escape pair that just fits", a(158) + "€", "GSM-7", 160, 1],
  ["an escape pair too long", a(159) + "€", "GSM-7", 161, 2],
  [
    "an escape pair that would be cut",
    a(152) + "€" + a(152),
    "GSM-7",
    306,
    3,
  ],
  ["lower-case ç, which GSM-7 lacks", "ç", "UCS-2", 1, 1],
  ["70 units", "ж".repeat(70), "UCS-2", 70, 1],
  ["71 units", "ж".repeat(71), "UCS-2", 71, 2],
  ["two full parts of units", "ж".repeat(134), "UCS-2", 134, 2],
  ["one unit more", "ж".repeat(135), "UCS-2", 135, 3],
  ["an escaped character among others", "ж€", "UCS-2", 2, 1],
  ["one emoji turns all into UCS-2", a(69) + "😀", "UCS-2", 71, 2],
  [
    "a surrogate pair that would be cut",
    a(66) + "😀" + a(66),
    "UCS-2",
    134,
    3,
  ],
];
/** Published as hard to count. */
CASES.push(
  [
    "70 characters of which one is not GSM-7",
    `||${a(20)}{${a(20)}∞${a(20)}^|||||`,
    "UCS-2",
    70,
    1,
  ],
  ["70 emoji", "😎".repeat(70), "UCS-2", 140, 3],
  ["153 escaped characters", "]".repeat(153), "GSM-7", 306, 3],
  ["74 escaped characters and an emoji", "]".repeat(74) + "😘", "UCS-2", 76, 2],
);
for (const [name, text, encoding, units, parts] of CASES) {
  Deno.test(`an SMS of ${name} has ${parts} part(s) of ${encoding}`, () => {
    assertEquals(smsParts(text), { encoding, units, parts });
  });
}
