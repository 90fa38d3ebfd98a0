/**
 * Texts of any length come from the network and from files: whatever reads or
 * shows one looks at each character a bounded number of times.
 */
import { assert } from "@std/assert";
import { parseChannel } from "../../options/channel.ts";
import { failureOf } from "../../api/http/error_body.ts";
import { summaryOf } from "../../api/message_summary.ts";
import { nearest } from "../../options/nearest.ts";
import { parsePhoneNumber } from "../../options/phone_number.ts";
import * as send from "../../options/send_kinds.ts";
import {
  messageFromJson,
  placeholders,
  textMessage,
} from "../../options/template.ts";
import { webhookTarget } from "../../options/webhook.ts";
import { wrap } from "../../output/wrap.ts";
import { parseStrictJson } from "../../json.ts";
import { cells, clip, pad } from "../../output/cells.ts";
import { details, done } from "../../output/details.ts";
import { failureText } from "../../output/failure.ts";
import { csv, tabbed } from "../../output/list.ts";
import { safeJson, safeLine, safeText } from "../../output/safe_text.ts";
import { table } from "../../output/table.ts";
import { ago, dueText, timeText } from "../../output/time.ts";
import { Secrets } from "../../runtime/secrets.ts";
import { quote } from "../../runtime/shell.ts";
import { after, before, view } from "../../wizard/text_line.ts";
import { plainStyle } from "./plain_style.ts";

const LENGTH = 64 * 1024;
/** Of a linear one some milliseconds, of a quadratic one at least 10 s. */
const MAX_MS = 1000;

const TEXTS = [
  ...[
    "a",
    "1",
    " ",
    "\n",
    "\r",
    "\t",
    "é",
    "漢",
    "👨‍👩‍👧",
    "🇸🇪",
    "\u0301",
    "\x1b[",
  ],
  ...[
    "\u200d",
    "\u{e0041}",
    "+1",
    "https://",
    "https://a.b ",
    "1234 ",
    "a1_",
    "(",
  ],
  ...[
    "|",
    "\\",
    "\\|",
    "=",
    "${",
    "${a}",
    "{",
    "[",
    '"',
    "'",
    ",",
    "-",
    "tel:+",
    "\ufffd",
  ],
].map((piece) => piece.repeat(Math.ceil(LENGTH / piece.length)));

const style = plainStyle(80);
const secrets = new Secrets();
for (const secret of ["aaaaaaaaaab", "111111112", "a a a", "key:secret"]) {
  secrets.remember(secret);
}

const column = (kind?: "id" | "text" | "time") => [{
  name: "cell",
  kind,
  value: (row: string) => row,
}];

const FUNCTIONS: Record<string, (text: string) => unknown> = {
  safeText,
  safeLine,
  safeJson,
  cells,
  clip: (text) => clip(text, 20),
  "clip to its end": (text) => clip(text, LENGTH),
  pad: (text) => pad(text, 20),
  details: (text) => details([["Label", text], ["B", `${text}x`]], style),
  done: (text) => done(text, style),
  "a table's text": (text) =>
    table(column("text"), style).page([`a ${text} b`]),
  "a table's ID": (text) => table(column("id"), style).page([text]),
  "a table's time": (text) => table(column("time"), style).page([text]),
  tabbed: (text) => tabbed(column(), style).page([text]),
  csv: (text) => csv(column()).page([text]),
  ago: (text) => ago(text, style),
  timeText: (text) => timeText(text, style),
  dueText: (text) => dueText(text, style),
  failureText: (text) => failureText(failureOf(400, text), style),
  wrap: (text) => wrap(text, 80),
  mask: (text) => secrets.mask(`${text}x`),
  quote,
  summaryOf: (text) => summaryOf({ app_message: { text_message: { text } } }),
  nearest: (text) => nearest(text, ["messages", "contacts"]),
  parsePhoneNumber: (text) => parsePhoneNumber(text, "[recipient]"),
  "parsePhoneNumber with +": (text) => parsePhoneNumber(`+${text}`, "x"),
  parseChannel: (text) => parseChannel(text, "--channel"),
  parseStrictJson: (text) => parseStrictJson(text),
  placeholders: (text) => placeholders({ text }),
  textMessage: (text) => textMessage(text, "--text"),
  messageFromJson: (text) => messageFromJson(text, "--message"),
  webhookTarget: (text) => webhookTarget(text, "--target"),
  ...Object.fromEntries(
    Object.entries(send).flatMap(([name, kind]) =>
      typeof kind === "number"
        ? []
        : [[name, (text: string) => kind.check(text, name)]]
    ),
  ),
  "before and after": (text) => {
    before(text, text.length >> 1);
    after(text, text.length >> 1);
  },
  "view at the end": (text) => view(text, text.length, 80),
  "view in the middle": (text) => view(text, text.length >> 1, 80),
};

for (const [name, read] of Object.entries(FUNCTIONS)) {
  Deno.test(`${name} takes a time in proportion to the text`, async () => {
    for (const text of TEXTS) {
      const startedAt = performance.now();
      try {
        await read(text);
      } catch {
        // A refusal is an answer, too.
      }
      const ms = Math.round(performance.now() - startedAt);
      assert(ms < MAX_MS, `${JSON.stringify(text.slice(0, 12))}: ${ms} ms`);
    }
  });
}
