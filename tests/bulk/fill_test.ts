/** Filling a message from the cells of a row. */
import { assertEquals, assertThrows } from "@std/assert";
import { fillMessage, templateOf } from "../../bulk/fill.ts";
import { Columns } from "../../bulk/recipients/columns.ts";
import { Failure } from "../../errors.ts";
import { parseJson } from "../../json.ts";

const FILE = new Columns(["phone", "First Name", "__proto__", "amount"]);
const ROW = { cells: ["+447723456789", "Ada", "polluted", "€ 5 $& ${phone}"] };

function filled<T>(message: T): T {
  return fillMessage(templateOf(message, FILE), ROW);
}

Deno.test("columns are filled in every text of a message, and a cell is never a pattern", () => {
  assertEquals(
    filled("Hi ${first_name}, ${ FIRST-NAME }: ${amount}!"),
    [
      "Hi Ada, Ada: € 5 $& ${phone}!",
    ].join(),
  );
  assertEquals(
    filled({
      card_message: {
        title: "For ${First Name}",
        choices: [{ url_message: { title: "x", url: "https://x/${phone}" } }],
      },
    }),
    {
      card_message: {
        title: "For Ada",
        choices: [{
          url_message: { title: "x", url: "https://x/+447723456789" },
        }],
      },
    },
  );
});

Deno.test("$${ is the text ${, and a lone ${ stays", () => {
  assertEquals(filled("$${phone} ${ $ {phone} ${"), "${phone} ${ $ {phone} ${");
});

Deno.test("a column of any name is a column, and an object stays what it is", () => {
  assertEquals(filled("${__proto__}"), "polluted");
  assertEquals(
    JSON.stringify(filled(parseJson('{"__proto__":"${amount}","n":1.50}'))),
    '{"__proto__":"€ 5 $& ${phone}","n":1.50}',
  );
});

Deno.test("what has no column in it is shared by all rows", () => {
  const message = { text_message: { text: "Hello" } };
  assertEquals(filled(message) === message, true);
  assertEquals(templateOf(message, FILE).used, []);
  assertEquals(templateOf("${amount}${phone}${amount}", FILE).used, [0, 3]);
});

Deno.test("an unknown column is named, with the nearest one", () => {
  const failure = assertThrows(() => filled("Hi ${frist name}"), Failure);
  assertEquals(failure.message, 'The file has no column "frist name"');
  assertEquals(
    failure.hint,
    'Did you mean "First Name"?\nIts columns: phone, First Name, __proto__, amount.\n' +
      "Write $${ for the text ${.",
  );
  assertThrows(
    () => filled("${a} ${b}"),
    Failure,
    'The file has no columns "a" and "b"',
  );
});

Deno.test("a column that the message names and the file has twice is refused", () => {
  const twice = new Columns(["phone", "name", "Name ", "x", "x"]);
  assertThrows(
    () => templateOf("${name}", twice),
    Failure,
    'The file has two columns "name": B and C',
  );
  assertEquals(templateOf("${phone}", twice).used, [0]);
});
