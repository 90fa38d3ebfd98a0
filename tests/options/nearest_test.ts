import { assertEquals } from "@std/assert";
import { nearest } from "../../options/nearest.ts";

const KNOWN = ["SMS", "WHATSAPP", "MESSENGER", "INSTAGRAM", "VIBER", "RCS"];

Deno.test("the nearest word is found through a slip of the fingers, and no other", () => {
  for (
    const [typed, expected] of [
      ["WATSAPP", "WHATSAPP"],
      ["whatsap", "WHATSAPP"],
      ["WHATSAPPP", "WHATSAPP"],
      ["INSTAGARM", "INSTAGRAM"],
      ["msenger", "MESSENGER"],
      ["VIBR", "VIBER"],
      ["SSM", "SMS"],
      ["MMS", "SMS"],
      ["FAX", undefined],
      ["TELEPHONE", undefined],
      ["", undefined],
    ] as const
  ) {
    assertEquals(nearest(typed, KNOWN), expected, typed);
  }
});
