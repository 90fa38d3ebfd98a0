/** What `--env-file` relies on, with the package itself or with its stand-in. */
import { assertEquals } from "@std/assert";
import { parse } from "@std/dotenv";
import fc from "fast-check";
import {
  environmentWithFile,
  parseLiterally,
} from "../../config/environment.ts";
import { createWorld } from "./fake_world.ts";

const CASES: Record<string, [text: string, values: Record<string, string>]> = {
  "plain": ["A=1\nB_2=two words\n", { A: "1", B_2: "two words" }],
  "blanks around": ["  A  =  1  \n\tB\t=\t2", { A: "1", B: "2" }],
  "empty": ["A=\nB=''\nC=\"\"", { A: "", B: "", C: "" }],
  "single quotes": ["A='  x \\n y '", { A: "  x \\n y " }],
  "double quotes": [
    'A="  x \\n\\t\\r \\"y\\" \\q"',
    { A: '  x \n\t\r "y" \\q' },
  ],
  "a backslash before a letter": ['A="a\\\\nb"', { A: "a\\nb" }],
  "JSON in single quotes": [`A='{"b":"c"}'`, { A: '{"b":"c"}' }],
  "JSON without quotes": ['A={"b":"c"}', { A: '{"b":"c"}' }],
  "comments": ["# A=0\nA=1 # one\nB='#' # two\n", { A: "1", B: "#" }],
  "a comment without a blank": ["A=1#one", { A: "1" }],
  "export": ["export A=1\n  export\tB='2'", { A: "1", B: "2" }],
  "several lines": [
    `A='one\ntwo'\nB="\nthree\nfour\n"\nC=5`,
    { A: "one\ntwo", B: "three\nfour", C: "5" },
  ],
  "CRLF": ["A=1\r\nB='2'\r\n\r\nC=3\r\n", { A: "1", B: "2", C: "3" }],
  "a byte order mark": ["\ufeffA=1\nB=2", { A: "1", B: "2" }],
  "an equals sign": ["A=b==c", { A: "b==c" }],
  "a quote that does not end": ["A='b\nC=d", { A: "'b", C: "d" }],
  "text after a quote": ["A='b' c\nD=\"e\"f", { A: "b", D: "e" }],
  "no equals sign": ["A\nB=1", { B: "1" }],
  "a key that is given twice": ["A=1\nA=2", { A: "2" }],
  "names of every object": ["constructor=1\ntoString=2", {
    constructor: "1",
    toString: "2",
  } as Record<string, string>],
};

for (const [name, [text, values]] of Object.entries(CASES)) {
  Deno.test(`dotenv: ${name}`, () => {
    assertEquals({ ...parse(text) }, values);
    assertEquals(parseLiterally(parse, text), new Map(Object.entries(values)));
  });
}

/** Values are taken as they are. */
const LITERAL = ["pa$sword", "$A", "${A}", "${A:-b}", "\\$A", "$", "$$", "a$"];

for (const value of LITERAL) {
  Deno.test(`dotenv: ${value} is no reference`, () => {
    for (const quoted of [value, `'${value}'`]) {
      assertEquals(parseLiterally(parse, `A=${quoted}`).get("A"), value);
    }
  });
}

Deno.test("dotenv: a key that is no identifier is left out, and prints nothing", async () => {
  using world = createWorld();
  await world.write(".env", "my-key=1\n1A=2\n$B=3\nSINCH_REGION=eu");
  const { warn } = console;
  let said = 0;
  console.warn = () => said++;
  try {
    const path = `${world.home}/.env`;
    const variables = await environmentWithFile(world.runtime, path);
    assertEquals(variables("SINCH_REGION")?.value, "eu");
  } finally {
    console.warn = warn;
  }
  assertEquals(said, 0);
});

Deno.test("dotenv: any value in single quotes comes back as it is", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary" }).filter((value) => !/['\r\n]/.test(value)),
      (value) => {
        assertEquals(parseLiterally(parse, `A='${value}'`).get("A"), value);
      },
    ),
  );
});

Deno.test("dotenv: whatever the file, it is read and it ends", () => {
  const pieces = ["A", "=", "'", '"', "$", "{", "}", "\\", "#", "\n", "\r\n"];
  const unit = fc.constantFrom(...pieces, "export ", " ", ":-", "é", "\ue000");
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 60 }), (text) => {
      parseLiterally(parse, text);
    }),
    { numRuns: 1000 },
  );
});
