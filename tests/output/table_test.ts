import { assert, assertEquals } from "@std/assert";
import { cells } from "../../output/cells.ts";
import { chooseColumns, type Column } from "../../output/columns.ts";
import { table } from "../../output/table.ts";
import { plainStyle } from "./plain_style.ts";

interface Row {
  id: string;
  name?: string;
  text?: string;
}

const COLUMNS: Column<Row>[] = [
  { name: "id", value: ({ id }) => id, kind: "id" },
  { name: "name", value: ({ name }) => name, kind: "text" },
  { name: "text", value: ({ text }) => text, kind: "text" },
];

function lines(width: number, ...pages: Row[][]): string[] {
  const { page } = table(COLUMNS, plainStyle(width));
  return pages.map(page).join("").split("\n").slice(0, -1);
}

Deno.test("a table is as wide as its cells, two spaces between columns", () => {
  assertEquals(
    lines(80, [{ id: "1", name: "Jane Doe", text: "Hello" }, { id: "22" }]),
    [
      "ID  NAME      TEXT",
      "1   Jane Doe  Hello",
      "22  -         -",
    ],
  );
});

Deno.test("columns stand in line behind wide, combined and joined characters", () => {
  const names = [
    "abc",
    "漢字",
    "😀👍🏽",
    "👨‍👩‍👧‍👦",
    "🇸🇪",
    "e\u0301a\u030a",
    "한국",
    "☎️",
    "ｆｕ",
  ];
  const [head, ...rows] = lines(
    80,
    names.map((name) => ({ id: "1", name, text: "|" })),
  );
  const column = cells(head!.slice(0, head!.indexOf("TEXT")));
  for (const row of rows) {
    assertEquals(cells(row.slice(0, row.indexOf("|"))), column, row);
  }
});

Deno.test("the widths of known characters are those of a terminal", () => {
  for (
    const [text, width] of [
      ["", 0],
      ["abc", 3],
      ["漢字", 4],
      ["😀", 2],
      ["👨‍👩‍👧‍👦", 2],
      ["👍🏽", 2],
      ["🇸🇪", 2],
      ["☎️", 2],
      ["e\u0301", 1],
      ["\u200b", 0],
      ["한국", 4],
      ["\u1112\u1161\u11ab", 2],
      ["ｆ", 2],
      ["〈", 2],
      ["\u{17000}", 2],
      ["🈁", 2],
      ["ñ", 1],
      ["…", 1],
    ] as const
  ) {
    assertEquals(cells(text), width, JSON.stringify(text));
  }
});

Deno.test("long texts share the line and are cut with an ellipsis, at every width", () => {
  const long = "漢字 and 😀 ".repeat(20);
  for (let width = 34; width <= 120; width++) {
    for (
      const line of lines(width, [
        { id: "01JA7V5Q0M", name: long, text: long },
        { id: "2", name: "short", text: "x" },
      ])
    ) {
      assert(cells(line) <= width, `${cells(line)} > ${width}: ${line}`);
    }
  }
  assertEquals(lines(34, [{ id: "12", name: "short", text: "a".repeat(90) }]), [
    "ID  NAME   TEXT",
    `12  short  ${"a".repeat(22)}…`,
  ]);
});

Deno.test("an id and a phone number are never cut, a URL is", () => {
  const id = "01JA7V5Q0M2N8B3C4D5E6F7G8H";
  const url = "https://example.com/1234567890?with=query";
  assertEquals(lines(62, [{ id, name: "n", text: `see ${url} now` }]), [
    "ID                          NAME  TEXT",
    `${id}  n     see https://example.com/123…`,
  ]);
  assertEquals(lines(50, [{ id, name: "n", text: "call +15551234567 now" }]), [
    "ID                          NAME  TEXT",
    `${id}  n     call…`,
  ]);
});

Deno.test("a terminal too narrow for the columns gets a block for each row", () => {
  const id = "01JA7V5Q0M2N8B3C4D5E6F7G8H";
  assertEquals(lines(30, [{ id, name: "Jane Doe", text: "Hello, world" }]), [
    `  ID    ${id}`,
    "  NAME  Jane Doe",
    "  TEXT  Hello, world",
    "",
  ]);
});

Deno.test("a spare column is left out first, unless it was asked for", () => {
  const columns = COLUMNS.map((column) => ({
    ...column,
    spare: column.name === "name",
  }));
  const row = {
    id: "12345678901234567890",
    name: "n".repeat(30),
    text: "t".repeat(30),
  };
  const { page } = table(columns, plainStyle(40));
  assertEquals(page([row]).split("\n")[0], "ID                    TEXT");
  const chosen = table(
    chooseColumns(columns, ["id", "name", "text"]),
    plainStyle(40),
  );
  assertEquals(chosen.page([row]).split("\n")[0], `  ID    ${row.id}`);
});

Deno.test("later pages keep the widths of the first, and an empty one shows nothing", () => {
  assertEquals(
    lines(80, [], [{ id: "1", name: "Jo", text: "a" }], [], [
      { id: "4711", name: "Jonathan", text: "b" },
    ]),
    [
      "ID  NAME  TEXT",
      "1   Jo    a",
      "4711  Jon…  b",
    ],
  );
});

Deno.test("control characters of a cell become visible, line ends spaces", () => {
  assertEquals(
    lines(80, [{ id: "1", name: "a\x1b[2Jb", text: "x\r\ny\tz\x9b" }])[1],
    "1   a␛[2Jb  x y z�",
  );
});

Deno.test("times are told as how long ago they were", () => {
  const columns: Column<{ time?: string }>[] = [
    { name: "time", value: ({ time }) => time, kind: "time" },
  ];
  for (
    const [time, text] of [
      ["2026-11-03T11:59:30Z", "just now"],
      ["2026-11-03T12:00:05Z", "just now"],
      ["2026-11-03T11:59:00Z", "1m ago"],
      ["2026-11-03T09:00:00Z", "3h ago"],
      ["2026-11-01T12:00:00Z", "2d ago"],
      ["2026-08-01T12:00:00Z", "2026-08-01"],
      ["soon", "soon"],
      [undefined, "-"],
    ]
  ) {
    const { page } = table(columns, plainStyle(80));
    assertEquals(page([{ time }]).split("\n")[1], text);
  }
});
