/** The numbers that are taken without a look at the rules of their country. */
import { assertEquals } from "@std/assert";
import {
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
} from "libphonenumber-js/min";
import { isUsual } from "../../options/usual_numbers.ts";

Deno.test("a usual number is one that the rules of its country neither refuse nor doubt", () => {
  const wrong = new Set<string>();
  let usual = 0;
  for (let code = 1; code < 1000; code++) {
    for (let length = 1; length <= 14; length++) {
      for (let start = 0; start < 100; start++) {
        const national = `${start}`.padStart(2, "0").padEnd(length, "27183");
        const number = `+${code}${national}`;
        if (!isUsual(number)) continue;
        usual++;
        const { countryCallingCode, nationalNumber } =
          parsePhoneNumberFromString(number)!;
        if (
          validatePhoneNumberLength(number) ||
          `+${countryCallingCode}${nationalNumber}` !== number
        ) wrong.add(`+${code} and ${length} digits`);
      }
    }
  }
  assertEquals([...wrong], []);
  assertEquals(usual > 10_000, true);
});

Deno.test("the rules are asked about everything else", () => {
  const numbers = {
    "+15551234567": true,
    "+447911123456": true,
    "+4915112345678": true,
    "+919876543210": true,
    "+8613812345678": true,
    // The 0 of calls inside the country, wrong lengths, no country.
    "+4407911123456": false,
    "+155512345678": false,
    "+5215541637145": false,
    "+999123456789": false,
  };
  for (const [number, usual] of Object.entries(numbers)) {
    assertEquals([number, isUsual(number)], [number, usual]);
  }
});
