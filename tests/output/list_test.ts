import { assertEquals, assertThrows } from "@std/assert";
import { plainStyle } from "./plain_style.ts";
import { chooseColumns, type Column } from "../../output/columns.ts";
import {
  csv,
  jsonLines,
  jsonList,
  type ListText,
  queriedList,
  tabbed,
} from "../../output/list.ts";

interface Row {
  id: string;
  text?: string;
}

const COLUMNS: Column<Row>[] = [
  { name: "id", value: ({ id }) => id },
  { name: "text", value: ({ text }) => text },
];

function output(list: ListText<Row>, pages: Row[][], token?: string): string {
  return pages.map(list.page).join("") + (list.end?.(token) ?? "");
}

const A = { id: "a", text: 'quote " and \n' };
const B = { id: "b" };
const C = { id: "c", text: "" };

Deno.test("a JSON list in pieces is the same as the whole document", () => {
  for (
    const pages of [
      [[]],
      [[], []],
      [[A]],
      [[A, B], [C]],
      [[], [A], [], [B, C], []],
    ]
  ) {
    for (const next_page_token of [undefined, 'to"ken=']) {
      assertEquals(
        output(jsonList("rows"), pages, next_page_token),
        JSON.stringify({ rows: pages.flat(), next_page_token }, null, 2) + "\n",
      );
    }
  }
});

Deno.test("a JSON list that breaks off is no JSON", () => {
  const { page } = jsonList<Row>("rows");
  const text = page([A]) + page([B]);
  assertThrows(() => JSON.parse(text), SyntaxError);
});

Deno.test("JSON carries every character exactly and none that moves a cursor", () => {
  const text = "\x1b[2J\x9b31m\u202e\u2028\x7f\ttab 漢字 😀";
  const line = output(jsonLines(), [[{ id: "a", text }]]);
  assertEquals(JSON.parse(line).text, text);
  // deno-lint-ignore no-control-regex
  assertEquals(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e]/.test(line), false);
});

Deno.test("a query sees the whole envelope, or each line", () => {
  const ids = (value: unknown) =>
    (value as { rows: Row[] }).rows.map(({ id }) => id);
  assertEquals(
    output(queriedList("rows", ids), [[A], [B]]),
    '[\n  "a",\n  "b"\n]\n',
  );
  const id = (value: unknown) => (value as Row).id;
  assertEquals(output(jsonLines(id), [[A], [B]]), '"a"\n"b"\n');
});

Deno.test("tabs separate cells of a pipe, and nothing is cut", () => {
  const long = "x".repeat(500);
  assertEquals(
    output(tabbed(COLUMNS, plainStyle(80)), [[{ id: "a", text: "b\tc\r\nd" }], [
      { id: "e", text: long },
      { id: "f" },
    ]]),
    `a\tb c d\ne\t${long}\nf\t\n`,
  );
});

Deno.test("CSV has names first, CRLF, and quotes only where needed", () => {
  assertEquals(output(csv(COLUMNS), [[]]), "id,text\r\n");
  assertEquals(
    output(csv(COLUMNS), [
      [{ id: "a", text: "plain" }, { id: "b", text: 'say "hi", you' }],
      [{ id: "c", text: "two\nlines" }, { id: "d" }],
    ]),
    'id,text\r\na,plain\r\nb,"say ""hi"", you"\r\nc,"two\nlines"\r\nd,\r\n',
  );
});

Deno.test("a CSV cell that a spreadsheet would run is made a text", () => {
  for (
    const [text, cell] of [
      ["=HYPERLINK(A1)", "'=HYPERLINK(A1)"],
      ["+1555", "'+1555"],
      ["-1", "'-1"],
      ["@SUM(A1,B1)", `"'@SUM(A1,B1)"`],
      ["\t=1", "'\t=1"],
      ["a=1", "a=1"],
    ]
  ) {
    const text_ = output(csv(COLUMNS), [[{ id: "a", text }]]);
    assertEquals(text_, `id,text\r\na,${cell}\r\n`);
  }
});

Deno.test("columns are chosen by name in the order given, extra ones only so", () => {
  const columns = [...COLUMNS, { name: "more", value: () => "m", extra: true }];
  const names = (choice?: string[]) =>
    chooseColumns(columns, choice).map(({ name }) => name);
  assertEquals(names(), ["id", "text"]);
  assertEquals(names(["more", "id"]), ["more", "id"]);
});

Deno.test("CSV for Excel keeps long numbers as text", () => {
  assertEquals(
    output(csv(COLUMNS, "excel"), [
      [{ id: "447911123456", text: "Åsa" }, { id: "+46700000001", text: "12" }],
      [{ id: "0046", text: "=1+1" }],
    ]),
    "id,text\r\n" +
      '"=""447911123456""",Åsa\r\n"=""+46700000001""",12\r\n' +
      '"=""0046""",\'=1+1\r\n',
  );
});
