import { assertEquals } from "@std/assert";
import { cells, clip } from "../../output/cells.ts";
import { after, before, view } from "../../wizard/text_line.ts";

const FAMILY = "👨‍👩‍👧";

Deno.test("cells counts what a terminal shows", () => {
  const widths = {
    "": 0,
    "plain": 5,
    "wörld": 5,
    "e\u0301": 1,
    "漢字": 4,
    "한국": 4,
    "😀": 2,
    [FAMILY]: 2,
    "❤️": 2,
    "ｆｕｌｌ": 8,
    "…": 1,
  };
  for (const [text, width] of Object.entries(widths)) {
    assertEquals(cells(text), width, JSON.stringify(text));
  }
});

Deno.test("before and after step over whole characters and stop at the ends", () => {
  const text = `a${FAMILY}e\u0301`;
  const ends = [0, 1, 1 + FAMILY.length, text.length];
  for (let i = 1; i < ends.length; i++) {
    assertEquals(before(text, ends[i]!), ends[i - 1]);
    assertEquals(after(text, ends[i - 1]!), ends[i]);
  }
  assertEquals(before(text, 0), 0);
  assertEquals(after(text, text.length), text.length);
});

Deno.test("clip keeps what fits and says that something is missing", () => {
  assertEquals(clip("short", 5), "short");
  assertEquals(clip("too long", 5), "too …");
  assertEquals(clip("漢字漢字", 5), "漢字…");
  assertEquals(clip("漢字漢字", 6), "漢字…");
});

Deno.test("view shows the cursor in every line that is too long", () => {
  const text = "abcdefghij";
  const cases: [cursor: number, text: string, cursorCell: number][] = [
    [0, "abcd…", 0],
    [2, "abcd…", 2],
    [4, "abcd…", 4],
    [6, "…def…", 4],
    [10, "…hij", 4],
  ];
  for (const [cursor, shown, cell] of cases) {
    assertEquals(view(text, cursor, 5), { text: shown, cursor: cell });
  }
  for (let cursor = 0; cursor <= 4; cursor++) {
    const { text: shown, cursor: cell } = view("漢字漢字", cursor, 5);
    assertEquals(cell < 5 && cells(shown) <= 5, true, shown);
  }
});
