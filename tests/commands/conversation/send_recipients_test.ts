/**
 * Every kind of spoiled file that people send, and what the program makes of it.
 * All of them go through `send --recipients … --check`, which needs no account.
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DATE, xlsx, ZEROS } from "../../bulk/recipients/spreadsheet.ts";
import { runCli } from "../../run_cli.ts";

interface Spoiled {
  /** What arrives. */
  name: string;
  file: string | Uint8Array;
  args?: string[];
  message?: string;
  channel?: string;
  /** Texts of the output: the plan, or a refusal. */
  says: string[];
  /** Refused: exit code 2. */
  refused?: true;
  /** Texts that the output does not have. */
  never?: string[];
}

const ADA = "+447723456789";
const BOB = "+447723456780";
const GB = ["--default-country", "GB"];

const bytes = (...parts: (string | number[])[]) =>
  new Uint8Array(
    parts.flatMap((part) =>
      typeof part === "string" ? [...new TextEncoder().encode(part)] : part
    ),
  );

function utf16(text: string, order: "le" | "be"): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let at = 0; at < text.length; at++) {
    view.setUint16(at * 2, text.charCodeAt(at), order === "le");
  }
  return new Uint8Array(view.buffer);
}

const CASES: Spoiled[] = [
  {
    name: "1 a byte order mark before a header in quotes",
    file: `\ufeff"phone","name"\r\n"${ADA}","Ada"\r\n`,
    says: [`Row 2, to ${ADA}:`, "Hi Ada"],
  },
  {
    name: "2 windows-1252, as Excel's plain CSV",
    file: bytes(`phone;name\r\n${ADA};Jos`, [0xe9], "\r\n"),
    says: [
      "CSV, semicolons, windows-1252",
      'It is not UTF-8. Check this value of row 2: "José".',
      "use --encoding",
      "Hi José",
    ],
  },
  {
    name: "3 UTF-16 with a mark and tabs, as Excel's Unicode text",
    file: utf16(`\ufeffphone\tname\r\n${ADA}\tŁucja\r\n`, "le"),
    says: ["CSV, tabs, utf-16le", "Hi Łucja"],
  },
  {
    name: "3 UTF-16 without a mark, in either order",
    file: utf16(`phone,name\r\n${ADA},José\r\n`, "be"),
    says: ["CSV, utf-16be", "Hi José"],
  },
  {
    name: "4 an 8-bit encoding that nothing can tell from windows-1252",
    file: bytes(`phone,name\n${ADA},`, [0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]),
    args: ["--encoding", "windows-1251"],
    says: ["CSV, windows-1251", "Hi Привет"],
    never: ["It is not UTF-8"],
  },
  {
    name: "5 semicolons, with commas in the header and in a cell",
    file: `phone;"name";"amount, in €"\n${ADA};Ada;"1,50"\n`,
    message: "Hi ${name}: ${amount, in €}",
    says: ["CSV, semicolons", "Hi Ada: 1,50"],
  },
  {
    name: "5 bars between the cells",
    file: `name|phone\nAda|${ADA}\n`,
    says: ["CSV, bars", "Hi Ada"],
  },
  {
    name: "5 a header without a recipient under any delimiter",
    file: `name;mail,address\nAda;ada@example.com,London\n`,
    refused: true,
    says: [
      "The file has no column with the recipients",
      'with semicolons: "name" "mail,address"',
      'with commas: "name;mail" "address"',
      "--recipient-column",
    ],
  },
  {
    name: "6 a first line sep=;",
    file: `sep=;\r\nphone;name\r\n${ADA};Ada\r\n`,
    says: ["CSV, semicolons", `Row 2, to ${ADA}:`, "Hi Ada"],
  },
  {
    name: "7 CR alone as line end",
    file: `phone,name\r${ADA},Ada\r${BOB},Bob\r`,
    says: ["2, one for each row", "Hi Ada"],
  },
  {
    name: "7 a header without rows",
    file: "phone,name\r\n",
    refused: true,
    says: ["The file has a header, and no rows below it"],
  },
  {
    name: "8 a quote that is never closed",
    file: `phone,name\n${ADA},"Ada\n${BOB},Bob\n+447723456781,Cy\n`,
    refused: true,
    says: ["The quote that opens in line 2 is not closed"],
  },
  {
    name: "8 a quote that the next quoted cell closes",
    file: `phone,name\n${ADA},"Ada\n${BOB},"Bob"\n`,
    refused: true,
    says: ["The quote that opens in line 2 is not closed"],
  },
  {
    name: "9 a space before a quote",
    file: `phone,name\n${ADA}, "Lovelace, Ada" \n`,
    says: ["spaces around quotes removed in 1 row", "Hi Lovelace, Ada"],
  },
  {
    name: "9 a quote inside a cell",
    file: `phone,name\n${ADA},Ada "Countess" L\n${BOB},"Bob" B\n`,
    refused: true,
    says: [
      "2 rows have a quote inside a cell",
      'Row 2: "Ada "Countess" L" a quote inside a cell',
      'Write such a cell in quotes, and its quotes twice: "Ada ""C"" L".',
    ],
  },
  {
    name: "10 a comma in a name that is not in quotes",
    file: `phone,name\n${ADA},Lovelace, Ada\n${BOB}\n`,
    refused: true,
    says: [
      "1 row has too many cells",
      "1 row has too few cells",
      "3 cells, the header has 2; an unquoted comma in a name?",
      `Row 3: "${BOB}" too few cells: 1 cell, the header has 2`,
    ],
  },
  {
    name: "11 blank rows, rows of commas, and hundreds of empty columns",
    file: `phone,name${",".repeat(500)}\n\n,,,\n${ADA},Ada${
      ",".repeat(500)
    }\n  ,  \n`,
    says: ["1, one for each row", "3 blank rows", `Row 4, to ${ADA}:`],
  },
  {
    name: "12 line breaks in cells: rows are counted as a spreadsheet does",
    file: `phone,name\n${ADA},"Ada\nL"\n123,Bob\n`,
    refused: true,
    says: ['Row 3, phone: "123" no phone number: 3 digits'],
  },
  {
    name: "13 the recipients' column twice",
    file: `phone,name,Phone\n${ADA},Ada,${BOB}\n`,
    refused: true,
    says: ['The file has two columns "phone": A and C'],
  },
  {
    name: "14 names with other spaces, case and signs, and __proto__",
    file: `\u00a0Phone_Number ,FIRST-name,__proto__\n${ADA},Ada,x\n`,
    message: "Hi ${first name}, ${__proto__}",
    says: ["Hi Ada, x"],
  },
  {
    name: "15 no header",
    file: `${ADA},Ada\n${BOB},Bob\n`,
    refused: true,
    says: [
      `The file has no header row: its first row has "${ADA}"`,
      "name them with --columns phone,name",
    ],
  },
  {
    name: "15 no header, and the names of the columns",
    file: `${ADA},Ada\n${BOB},Bob\n`,
    args: ["--columns", "phone,name"],
    says: ["2, one for each row", `Row 1, to ${ADA}:`, "Hi Ada"],
  },
  {
    name: "16 numbers that a spreadsheet has shortened",
    file: `phone,name\n4.47723E+11,Ada\n"4,47723E+11",Bob\n`,
    args: GB,
    refused: true,
    says: [
      "2 numbers were shortened by a spreadsheet",
      'Row 2, phone: "4.47723E+11" shortened by a spreadsheet: 6 of 12 digits are left',
      "Format the column as text",
    ],
  },
  {
    name: "17 long numbers that a spreadsheet has rounded",
    file: `phone,name\n${ADA},447723456789012000\n`,
    says: [
      "1 long number ends in zeros: a spreadsheet keeps only 15 digits",
      'row 2: "447723456789012000"',
    ],
  },
  {
    name: "18 a number with decimals",
    file: `phone,name\n447723456789.0,Ada\n`,
    args: GB,
    says: [
      `.0 removed from 1 number (row 2: "447723456789.0" → ${ADA})`,
      `to ${ADA}:`,
    ],
  },
  {
    name: "19 a lost zero",
    file: `phone,name\n7723456789,Ada\n07723456780,Bob\n`,
    args: GB,
    says: [
      `country code added to 2 numbers (row 2: "7723456789" → ${ADA})`,
      "GB 2",
    ],
  },
  {
    name: "19 a lost zero without a default country",
    file: `phone,name\n7723456789,Ada\n`,
    refused: true,
    says: ["1 number has no country code", "--default-country GB"],
  },
  {
    name: "20 a lost plus",
    file: `phone,name\n447723456789,Ada\n`,
    args: ["--default-country", "US"],
    says: [`+ added to 1 number (row 2: "447723456789" → ${ADA})`],
  },
  {
    name: "20 a number that is good with a plus and without",
    file: `phone,name\n5551234567,Ada\n`,
    args: ["--default-country", "US"],
    refused: true,
    says: [
      "1 number can be read in two ways",
      "+15551234567 or +5551234567",
      "Write a + before the country code.",
    ],
  },
  {
    name: "21 zeros and plus in the wrong order",
    file:
      `phone,name\n0+447723456789,A\n+07723456780,B\n000007723456781,C\n00447723456782,D\n`,
    args: GB,
    says: [
      "4, one for each row",
      `zeros and + put right in 4 numbers (row 2: "0+447723456789" → ${ADA})`,
    ],
  },
  {
    name: "22 quotes against spreadsheets, and links",
    file:
      `phone,name\n"=""07723456789""","=""007"""\n="07723456780",B\n'07723456781,C\ntel:+447723456782,D\n`,
    args: GB,
    says: [
      "quotes of a spreadsheet removed from 4 cells",
      "tel: removed from 1 number",
      "Hi 007",
    ],
  },
  {
    name: "23 letters, which no library is asked about",
    file:
      `phone,name\n07890x32109,A\nO7723456789,B\n1-800-FLOWERS,C\n07723456789 ext 5,D\n`,
    args: GB,
    refused: true,
    says: [
      "3 numbers have letters",
      '"O7723456789" has letters: the letter O where a zero belongs?',
      "1 number has an extension",
    ],
  },
  {
    name: "24 two numbers in a cell",
    file:
      `phone,name\n07723456789 / 07723456780,A\n"07723456789, 07723456780",B\n${ADA} ${BOB},C\n`,
    args: GB,
    refused: true,
    says: ["3 cells have two numbers", "Write one number a row."],
  },
  {
    name: "25 characters that nobody sees, and other dashes",
    file:
      `phone,name\n\u202a${ADA}\u202c,Ada\n+44\u00a07723\u2011456\u2013780,Bob\n${ADA}\u200b,Ada again\n`,
    refused: true,
    says: [
      "1 row has the recipient of an earlier row",
      "the same recipient as row 2",
    ],
  },
  {
    name: "26 digits of other scripts",
    file: `phone,name\n٠٧٧٢٣٤٥٦٧٨٩,Ada\n＋４４７７２３４５６７８０,Bob\n`,
    args: GB,
    says: [
      "digits of another script converted in 2 numbers",
      `to ${ADA}:`,
    ],
  },
  {
    name: "27 a landline",
    file: `phone,name\n+442079460000,Ada\n${BOB},Bob\n`,
    says: ['1 number is a landline (row 2: "+442079460000")', "2, one for"],
  },
  {
    name: "28 old forms of numbers",
    file: `phone,name\n+5215512345678,Ada\n`,
    says: [
      'old form of 1 number renewed (row 2: "+5215512345678" → +525512345678)',
      "MX 1",
    ],
  },
  {
    name: "28 Argentina's 15",
    file: `phone,name\n11 15-2345-6789,Ada\n`,
    args: ["--default-country", "AR"],
    says: ['(row 2: "11 15-2345-6789" → +5491123456789)'],
  },
  {
    name: "29 emergency, premium and film numbers",
    file: `phone,name\n999,A\n09091234567,B\n07700900123,C\n`,
    args: GB,
    refused: true,
    says: [
      '"999" no phone number: 3 digits',
      '"09091234567" a premium-rate number',
      '"07700900123" reserved for examples and films',
    ],
  },
  {
    name: "29 film numbers in the sandbox",
    file: `phone,name\n07700900123,C\n+15551234567,D\n`,
    args: [...GB, "--sandbox"],
    says: ["2, one for each row", "to +447700900123:"],
  },
  {
    name: "30 what spreadsheets write for nothing",
    file:
      `phone,name\nn/a,A\n-,B\n#N/A,C\n#REF!,D\nNULL,E\n,F\n${ADA},#VALUE!\n${BOB},\n`,
    refused: true,
    says: [
      "8 values are missing",
      'Row 4, phone: "#N/A" missing',
      'Row 8, name: "#VALUE!" missing',
      "Row 9, name: missing",
    ],
    never: ["no phone number"],
  },
  {
    name: "31 a person twice",
    file: `phone,name\n07723456789,Ada\n${ADA},Ada L\n`,
    args: GB,
    refused: true,
    says: [
      "1 row has the recipient of an earlier row",
      `Row 3, phone: "${ADA}" the same recipient as row 2`,
      "--duplicates first",
    ],
  },
  {
    name: "31 a person twice, and the first row is chosen",
    file: `phone,name\n07723456789,Ada\n${ADA},Ada L\n`,
    args: [...GB, "--duplicates", "first"],
    says: [
      "1, one for each row",
      `Row 3: "${ADA}" is the same recipient as row 2`,
      "Hi Ada",
    ],
  },
  {
    name: "31 a family with one phone",
    file: `phone,name\n07723456789,Ada\n${ADA},Bob\n`,
    args: [...GB, "--duplicates", "all"],
    says: ["2, one for each row"],
  },
  {
    name: "33 a picture with the name of a list",
    file: bytes([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 1]),
    refused: true,
    says: ["The file is a PNG image, not a list of recipients", "CSV UTF-8"],
  },
  {
    name: "33 an .xls of old, or one with a password",
    file: bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    refused: true,
    says: ["Excel 97 to 2003", 'Save it as "CSV UTF-8" or as .xlsx.'],
  },
  {
    name: "33 bytes that are nothing",
    file: bytes([1, 0, 0, 0, 2, 3, 0, 0, 5, 0, 7, 0, 0, 0, 0, 1]),
    refused: true,
    says: ["The file is not text, not a list of recipients"],
  },
  {
    name: "33 an .xlsx, with all digits of a number that it shows as 4.47E+11",
    file: xlsx([{
      name: "People",
      rows: [["Phone", "name", "code"], [447723456789, "Ada & Co", ZEROS(7)]],
    }]),
    args: GB,
    message: "Hi ${name}, ${code}",
    says: ['XLSX, sheet "People"', `to ${ADA}:`, "Hi Ada & Co, 00007"],
  },
  {
    name: "33 an archive that is no spreadsheet",
    file: xlsx([], { files: { "xl/workbook.xml": "<workbook/>" } }),
    refused: true,
    says: ["a ZIP archive without a visible sheet, which cannot be read"],
  },
  {
    name: "33 a damaged .xlsx",
    file: xlsx([], { files: { "xl/workbook.xml": "<workbook><sheets>" } }),
    refused: true,
    says: ["The spreadsheet is damaged"],
  },
  {
    name: "34 hidden sheets, rows and columns, and merged cells",
    file: xlsx([
      { name: "Old", isHidden: true, rows: [["phone"], ["+447723456700"]] },
      {
        name: "List",
        rows: [
          ["phone", "secret", "name"],
          [ADA, "x", "The Lovelaces"],
          { isHidden: true, cells: ["+447723456799", "x", "Filtered"] },
          [BOB, "x", null],
          [null, null, null],
        ],
        hiddenColumns: [1],
        merged: ["C2:C4"],
      },
      { name: "Notes", rows: [["nothing"]] },
    ]),
    args: ["--json"],
    says: [
      '"name": "List"',
      '"others": 1',
      '"hiddenSheets": 1',
      '"hiddenRows": 1',
      '"hiddenColumns": 1',
      '"messages": 2',
      '"merged": 1',
      '"unusedColumns": []',
    ],
    never: ["secret", "Filtered"],
  },
  {
    name: "35 dates",
    file: xlsx([{
      name: "L",
      rows: [["phone", "name"], [ADA, DATE(34726.5)], [BOB, DATE(34726)]],
    }]),
    says: [
      '2 dates written as YYYY-MM-DD (row 2: "1995-01-27 12:00")',
      "Hi 1995-01-27 12:00",
    ],
  },
  {
    name: "35 dates with a time of midnight",
    file: `phone,name\n${ADA},1995-01-27 00:00:00\n`,
    says: ['1 date has a time of 00:00:00 (row 2: "1995-01-27 00:00:00")'],
  },
  {
    name: "36 columns that the message does not use",
    file: `phone,name,town,born\n${ADA},Ada,London,1815\n`,
    says: ["Columns town, born"],
  },
  {
    name: "36 a message without columns, since the shell took them",
    file: `phone,name\n${ADA},Ada\n`,
    message: "Hi",
    says: [
      "The message has no ${column}. In a shell, write it in single quotes.",
    ],
  },
  {
    name: "36 a column that is not there",
    file: `phone,first_name\n${ADA},Ada\n`,
    message: "Hi ${fist name}, ${town}",
    refused: true,
    says: [
      'The file has no columns "fist name" and "town"',
      'Did you mean "first_name"?',
      "Its columns: phone, first_name.",
      "Write $${ for the text ${.",
    ],
  },
  {
    name: "37 a value that makes a text too long for the channel",
    file: `phone,name\n${ADA},Ada\n${BOB},${"x".repeat(4097)}\n`,
    channel: "WHATSAPP",
    refused: true,
    says: ["1 message would fail", "Row 3: WHATSAPP: "],
  },
  {
    name: "37 a value that makes more parts of an SMS",
    file: `phone,name\n${ADA},Ada\n${BOB},${"x".repeat(200)}\n`,
    says: ["3, up to 2 for a message; each is charged"],
  },
  {
    name: "37 a value that breaks an address",
    file: `phone,name\n${ADA},Ada\n${BOB},a b\n`,
    args: ["--json-message", '{"media_message":{"url":"${name}"}}'],
    message: "",
    channel: "WHATSAPP",
    refused: true,
    says: [
      "2 messages would fail",
      'Row 3: url must be an absolute http(s) URL, got "a b"',
    ],
  },
  {
    name: "JSON Lines, with numbers as numbers",
    file:
      `{"phone":447723456789,"name":"Ada"}\n\n{"name":"Bob","phone":"${BOB}"}\n`,
    args: GB,
    says: ["JSON Lines", "2, one for each row", `Row 1, to ${ADA}:`, "Hi Ada"],
  },
  {
    name: "JSON Lines with a line that is none, and another key",
    file: `{"phone":"${ADA}","name":"A"}\n[1]\n{"phone":"${BOB}","nam":"B"}\n`,
    refused: true,
    says: [
      "1 line is no JSON object",
      "1 line has a key that the first line does not have",
      'Row 3: "+447723456780" a key that the first line does not have: "nam"',
    ],
  },
  {
    name: "a JSON array",
    file: `[{"phone":"${ADA}"}]`,
    refused: true,
    says: ["The file is one JSON array, not JSON Lines", "jq -c '.[]'"],
  },
  {
    name: "two columns that may have the recipients",
    file: `mobile,phone,name\n${ADA},${BOB},Ada\n`,
    refused: true,
    says: [
      'The file has 2 columns that may have the recipients: "phone" and "mobile"',
      '--recipient-column "phone" or "mobile"',
    ],
  },
  {
    name: "two columns that may have the recipients, one of them chosen",
    file: `mobile,phone,name\n${ADA},${BOB},Ada\n`,
    args: ["--recipient-column", "Mobile"],
    says: [`to ${ADA}:`],
  },
  {
    name: "a country that is called otherwise",
    file: `phone,name\n07723456789,Ada\n`,
    args: ["--default-country", "UK"],
    refused: true,
    says: ['got "UK"', "The code is GB."],
  },
];

for (const spoiled of CASES) {
  Deno.test(`send --recipients: ${spoiled.name}`, async () => {
    const folder = await Deno.makeTempDir();
    try {
      const path = `${folder}/people.csv`;
      const { file, args = [], says, never = [] } = spoiled;
      await Deno.writeFile(path, typeof file === "string" ? bytes(file) : file);
      const { message = "Hi ${name}", channel = "SMS" } = spoiled;
      const { code, stdout, stderr, requests } = await runCli([
        ...["conversation", "send", ...message ? [message] : []],
        ...["--recipients", path, "-c", channel, "--check", ...args],
      ], { columns: 400 });
      const output = stdout + stderr;
      for (const text of says) assertStringIncludes(output, text);
      for (const text of never) assert(!output.includes(text), output);
      assertEquals(code, spoiled.refused ? 2 : 0, output);
      if (spoiled.refused) assertEquals(stdout, "");
      assertEquals(requests, []);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}
