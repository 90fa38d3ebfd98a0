/**
 * The five doors that foreign bytes come through, each as a property of
 * fast-check: command lines, the API's answers, JSON, `.env` files, and what a
 * list writes as CSV. Only whole runs of the program count.
 */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { leavesOf, nameOf, wholeTree } from "../command_tree.ts";
import { json, text } from "./texts.ts";
import type { World } from "./world.ts";

// deno-lint-ignore no-explicit-any -- each has a shape of its own
type AnyProperty = fc.IAsyncProperty<any>;

export const TARGETS: Record<string, (world: World) => Promise<AnyProperty>> = {
  argv,
  answers,
  json: jsonTexts,
  env: envFiles,
  csv,
};

/** Commands that serve, and so do not end. */
const ENDLESS = ["sandbox start"];

async function argv(world: World): Promise<AnyProperty> {
  const ids = await world.fill();
  const value = fc.oneof(
    text,
    fc.constantFrom("SMS", "RCS", "+15551234567", "5", "en-US", "1h", "text"),
    fc.constantFrom(...Object.values(ids)),
  );
  const leaves = leavesOf(await wholeTree())
    .filter((leaf) => !ENDLESS.includes(nameOf(leaf)));
  const line = fc.constantFrom(...leaves).chain((leaf) => {
    const flags = leaf.getOptions(true).flatMap(({ flags, args }) =>
      flags.map((flag) => ({ flag, takesValue: args.length > 0 }))
    )
      // A file of that name would be made in the folder of the project.
      .filter(({ flag }) => flag !== "--store" && flag !== "--help");
    const option = fc.tuple(
      fc.constantFrom(...flags),
      value,
      fc.constantFrom("apart", "joined", "without"),
    ).map(([{ flag, takesValue }, value, how]) =>
      how === "without" || !takesValue
        ? [flag]
        : how === "joined"
        ? [`${flag}=${value}`]
        : [flag, value]
    );
    const argument = value.map((value) => [value]);
    return fc.array(
      fc.oneof({ weight: 2, arbitrary: option }, argument),
      { maxLength: 6 },
    ).map((parts) => [...nameOf(leaf).split(" "), ...parts.flat()]);
  });
  return fc.asyncProperty(line, async (args) => {
    await world.run(args);
  });
}

/** A command of each kind, by what it asks for. */
function commandsOf(ids: Record<"app" | "message" | "contact", string>) {
  const send = ["send", "+15551234567", "Hi", "--channel", "SMS"];
  return [
    send,
    ["messages", "list"],
    ["messages", "list", "--limit", "3"],
    ["messages", "get", ids.message],
    ["contacts", "list"],
    ["contacts", "get", ids.contact],
    ["contacts", "create", "--channel", "SMS", "--phone", "+15557654321"],
    ["conversations", "list"],
    ["apps", "list"],
    ["apps", "get", ids.app],
    ["webhooks", "list"],
    ["templates", "list"],
  ].map((words) => ["conversation", ...words]);
}

const OUTPUTS = [[], ["--json"], ["--query", "length(@)"], ["--debug"]];

async function answers(world: World): Promise<AnyProperty> {
  const ids = await world.fill();
  const change = fc.record({
    /** Where in the answer, as a number of its values. */
    place: fc.nat(40),
    value: fc.oneof(json, fc.constantFrom(...world.secrets)),
    status: fc.constantFrom(200, 200, 200, 204, 301, 400, 401, 404, 429, 500),
    whole: fc.constantFrom("changed", "changed", "changed", "cut", "text"),
    alsoToken: fc.boolean(),
  });
  const run = fc.tuple(
    fc.constantFrom(...commandsOf(ids)),
    fc.constantFrom(...OUTPUTS),
  ).map((parts) => parts.flat());
  return fc.asyncProperty(run, change, async (args, change) => {
    // A token from the run before would hide the token's answer.
    const env = { SINCH_CACHE_DIR: await Deno.makeTempDir() };
    world.change = async (answer, path) => {
      const isToken = path === "/oauth2/token";
      const body = await answer.text();
      if (isToken && !change.alsoToken) return new Response(body, answer);
      return changed(body, change);
    };
    try {
      await world.run(args, env);
    } finally {
      world.change = (answer) => Promise.resolve(answer);
      await Deno.remove(env.SINCH_CACHE_DIR, { recursive: true });
    }
  });
}

interface AnswerChange {
  place: number;
  value: unknown;
  status: number;
  whole: string;
}

function changed(body: string, change: AnswerChange): Response {
  const { status, whole, value, place } = change;
  if (status === 204) return new Response(null, { status });
  const headers = { "content-type": "application/json" };
  if (whole === "cut") {
    return new Response(body.slice(0, body.length >> 1), { status, headers });
  }
  if (whole === "text") {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return new Response(text, { status });
  }
  let rest = place;
  const replaced = JSON.stringify(
    JSON.parse(body || "{}"),
    (_, field) => rest-- === 0 ? value : field,
  );
  return new Response(replaced ?? "", { status, headers });
}

/** `--flag` by the command that takes JSON in it. */
const JSON_FLAGS = [
  ["--json-message"],
  ["--metadata"],
  ["--card"],
  ["--params", "--template", "01HSANDB0XTEMP1ATE00000001"],
];

async function jsonTexts(world: World): Promise<AnyProperty> {
  const ids = await world.fill();
  const broken = fc.tuple(json, fc.nat(60), text).map(([value, at, piece]) => {
    const whole = JSON.stringify(value);
    return whole.slice(0, at) + piece + whole.slice(at);
  });
  const flag = fc.tuple(
    fc.constantFrom(...JSON_FLAGS),
    fc.oneof(json.map((value) => JSON.stringify(value)), broken),
  ).map(([[flag, ...more], value]) => [
    ...["send", "+15551234567", "--channel", "SMS"],
    ...more,
    `${flag}=${value}`,
  ]);
  const query = text.map((expression) => [
    ...["messages", "get", ids.message],
    `--query=${expression}`,
  ]);
  return fc.asyncProperty(fc.oneof(flag, query), async (words) => {
    await world.run(["conversation", ...words]);
  });
}

async function envFiles(world: World): Promise<AnyProperty> {
  await world.fill();
  const name = fc.constantFrom(
    ...["SINCH_KEY_SECRET", "SINCH_APP_ID", "SINCH_REGION", "A", "my-key", ""],
  );
  const line = fc.oneof(
    fc.tuple(name, fc.constantFrom("=", " = ", ":", ""), text)
      .map((parts) => parts.join("")),
    fc.tuple(name, fc.constantFrom("'", '"', "`"), text)
      .map(([name, quote, value]) => `export ${name}=${quote}${value}${quote}`),
    text,
    fc.constantFrom("A=$A", "A=${B}", "# note", "\ufeffA=1", "A=1\r"),
  );
  return fc.asyncProperty(fc.array(line, { maxLength: 8 }), async (lines) => {
    const file = await world.write("fuzz.env", lines.join("\n"));
    await world.run(["auth", "status", "--env-file", file, "--json"]);
  });
}

async function csv(world: World): Promise<AnyProperty> {
  await world.fill();
  const columns = fc.constantFrom([], ["--columns", "id,content"]);
  return fc.asyncProperty(
    text,
    text,
    columns,
    async (content, meta, columns) => {
      world.change = async (answer, path) => {
        if (!path.endsWith("/messages")) return answer;
        const body = await answer.json();
        for (const message of body.messages) {
          message.metadata = meta;
          message.app_message = { text_message: { text: content } };
          message.contact_message = null;
        }
        return Response.json(body);
      };
      try {
        const { code, stdout, stderr } = await world.run([
          ...["conversation", "messages", "list", "--csv"],
          ...columns,
        ]);
        assertEquals(code, 0, stderr);
        const rows = rowsOf(stdout);
        for (const row of rows) {
          assertEquals(row.length, rows[0]!.length, stdout);
          // A spreadsheet would run it.
          for (const cell of row) assert(!/^[=+\-@\t\r]/.test(cell), stdout);
        }
      } finally {
        world.change = (answer) => Promise.resolve(answer);
      }
    },
  );
}

/** By RFC 4180. */
function rowsOf(csv: string): string[][] {
  const cells = csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g);
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of cells) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain!);
    if (end !== ",") rows.push([]);
  }
  return rows.filter((row) => row.length > 1 || row[0]);
}
