import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { usageError } from "../../errors.ts";
import { details } from "../../output/details.ts";
import { failureText } from "../../output/failure.ts";
import { wrap } from "../../output/wrap.ts";
import { plainStyle } from "./plain_style.ts";

const HINT =
  "Run `sinch auth login --profile work` to sign in, or set all of the variables.";

Deno.test("errors and hints wrap at words in a terminal, and not in a pipe", () => {
  const failure = usageError("--lat must be a number from -90 to 90", HINT);
  assertEquals(
    failureText(failure, plainStyle(40)),
    "error: --lat must be a number from -90\nto 90\n" +
      "hint: Run\n`sinch auth login --profile work` to\nsign in, or set all of the variables.\n",
  );
  assertEquals(
    failureText(failure, plainStyle(40, false)),
    `error: ${failure.message}\nhint: ${HINT}\n`,
  );
});

Deno.test("values wrap at words below themselves, and keep their own lines and spaces", () => {
  const fields: [string, string][] = [
    ["ID", "01HXA2MSG0000000000000001"],
    ["Text", 'one two  three four five six\n  "seven": 7'],
  ];
  assertEquals(
    details(fields, plainStyle(32)),
    "  ID    01HXA2MSG0000000000000001\n" +
      "  Text  one two  three four five\n" +
      "        six\n" +
      '          "seven": 7\n',
  );
  assertMatch(details(fields, plainStyle(32, false)), /five six\n/);
});

Deno.test("a label keeps its styling, whichever marks a run takes for it", () => {
  const marks = String.fromCharCode(
    ...Array.from({ length: 32 }, (_, at) => 0xfdd0 + at),
  );
  const style = { ...plainStyle(80), dim: (text: string) => marks + text };
  assertStringIncludes(details([["ID", "a b"]], style), `${marks}ID`);
});

Deno.test("the lines of a value are below each other with colours, too", () => {
  const style = {
    ...plainStyle(80),
    dim: (text: string) => `\ufdd0\ufdd12m${text}\ufdd0\ufdd122m`,
  };
  const plain = details([["Phone", "one\ntwo"]], style)
    .replace(/\ufdd0\ufdd1\d+m/g, "");
  assertEquals(plain, "  Phone  one\n         two\n");
});

Deno.test("wrap measures cells, and breaks a command that is longer than a line", () => {
  assertEquals(wrap("你好 你好 你好", 9), ["你好 你好", "你好"]);
  assertStringIncludes(wrap("`a b c d e f`", 6).join("|"), "|");
});
