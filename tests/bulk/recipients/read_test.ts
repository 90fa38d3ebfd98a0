/** Reading files of recipients in pieces of every size. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  type ReadingOptions,
  Recipients,
} from "../../../bulk/recipients/read.ts";
import type { Row } from "../../../bulk/recipients/row.ts";
import { Failure } from "../../../errors.ts";

const OPTIONS: ReadingOptions = {
  kind: "phone",
  allowFiction: true,
  needsTimezone: false,
};

async function read(
  file: string | Uint8Array,
  pieceBytes: number,
  options: Partial<ReadingOptions> = {},
): Promise<{ rows: Row[]; recipients: Recipients }> {
  const bytes = typeof file === "string"
    ? new TextEncoder().encode(file)
    : file;
  const recipients = await Recipients.open({
    name: "people.csv",
    async *bytes() {
      for (let at = 0; at < bytes.length; at += pieceBytes) {
        yield bytes.subarray(at, at + pieceBytes);
      }
    },
  }, { ...OPTIONS, ...options });
  return { rows: await Array.fromAsync(recipients.rows([])), recipients };
}

const SPOILED = '\ufeffphone ; "name"\r\n' +
  '+44 7723 456789;"Ada ""Countess"" Lovelace"\r\n' +
  "\r\n;;\r\n" +
  '+447723456780; "José\r\nNuñez" \r\n' +
  "+447723456781;Ł 𝒳\r\n";

Deno.test("a file is the same however its bytes are cut, with any line end", async () => {
  for (const lineEnd of ["\r\n", "\n", "\r"]) {
    for (let size = 1; size < 40; size++) {
      const { rows, recipients: { findings } } = await read(
        SPOILED.replaceAll("\r\n", lineEnd),
        size,
      );
      assertEquals(
        rows.map(({ number, identity, cells: [, name] }) => [
          number,
          identity,
          name,
        ]),
        [
          [2, "+447723456789", 'Ada "Countess" Lovelace'],
          [5, "+447723456780", "José\nNuñez"],
          [6, "+447723456781", "Ł 𝒳"],
        ],
        `${JSON.stringify(lineEnd)}, pieces of ${size}`,
      );
      assertEquals(findings.blankRows, 2);
    }
  }
});

Deno.test("windows-1252 is seen wherever its first letter is, and shown", async () => {
  for (const people of [1, 500]) {
    const ascii = "phone,name\n" +
      Array.from({ length: people }, (_, at) => `+4477234${50000 + at},Ada\n`)
        .join("");
    const file = new Uint8Array([
      ...new TextEncoder().encode(`${ascii}+447723456789,Jos`),
      0xe9,
      0x0a,
    ]);
    const { rows, recipients } = await read(file, 1000);
    assertEquals(rows.at(-1)?.cells, ["+447723456789", "José"]);
    const { table, accent } = recipients.findings;
    assertEquals(table.decoded, { encoding: "windows-1252", isGuess: true });
    assertEquals(accent, { row: people + 2, value: "José" });
  }
});

Deno.test("UTF-8 with a broken letter in it is refused with the line", async () => {
  const file = new Uint8Array([
    ...new TextEncoder().encode("phone,name\n+447723456789,José\n+4477"),
    0xe9,
    0x0a,
  ]);
  for (const size of [1, 7, 1000]) {
    const failure = await assertRejects(() => read(file, size), Failure);
    assertEquals(
      failure.message,
      "The file is not UTF-8 from line 3 on: byte 0xE9 is no character",
    );
  }
});

Deno.test("a quote that is not closed is found in the line where it opens", async () => {
  const open = 'phone,name\n+447723456789,"x\ny"\n+447723456780,"Ada\n';
  const more = Array.from({ length: 99 }, (_, at) => `+4477${at},Bob\n`);
  for (const end of [[], more, [...more, '+447723456781,"Bob"\n']]) {
    for (const size of [5, 100_000]) {
      const failure = await assertRejects(
        () => read(open + end.join(""), size),
        Failure,
      );
      assertEquals(
        failure.message,
        "The quote that opens in line 4 is not closed",
      );
    }
  }
});

Deno.test("the second row of a person is refused, left out or taken", async () => {
  const file = "phone\n+447723456789\n+44 (0) 7723 456 789\n+447723456780\n";
  const { rows, recipients } = await read(file, 9);
  assertEquals(rows.map(({ number }) => number), [2, 4]);
  assertEquals(recipients.findings.faults.first, [{
    row: 3,
    kind: "duplicate",
    column: "phone",
    value: "+44 (0) 7723 456 789",
    detail: "the same recipient as row 2",
  }]);
  const first = await read(file, 9, { duplicates: "first" });
  assertEquals(first.rows.map(({ number }) => number), [2, 4]);
  assertEquals(first.recipients.findings.faults.total, 0);
  assertEquals(first.recipients.findings.duplicates.total, 1);
  const all = await read(file, 9, { duplicates: "all" });
  assertEquals(all.rows.map(({ number }) => number), [2, 3, 4]);
});

Deno.test("a file is closed when its reader stops early", async () => {
  let isClosed = false;
  const recipients = await Recipients.open({
    name: "people.csv",
    async *bytes() {
      try {
        const encoder = new TextEncoder();
        yield encoder.encode("phone\n");
        for (let row = 0;; row++) {
          yield encoder.encode(`+4477234${10000 + row}\n`);
        }
      } finally {
        isClosed = true;
      }
    },
  }, OPTIONS);
  for await (const { number } of recipients.rows([])) if (number > 9) break;
  assert(isClosed);
});
