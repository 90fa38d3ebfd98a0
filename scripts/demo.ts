/**
 * The main job, for real and without an account: one message of each type
 * through the sandbox with the commands a user would type, then a list of them
 * and one of them in full. What the sandbox stored is deleted at the end.
 */
const MAIN = new URL("../main.ts", import.meta.url).href;
const TO = "+15551234567";

const SENDS: string[][] = [
  ["Hello from Sinch", "--channel", "SMS"],
  [
    "--channel",
    "WHATSAPP",
    "--media",
    "https://example.com/image.jpg",
    "--caption",
    "Check this out",
  ],
  [
    "--channel",
    "RCS",
    "--template",
    "welcome_template",
    "--params",
    '{"name":"Alice"}',
  ],
  [
    "--channel",
    "RCS",
    "--type",
    "card",
    "--title",
    "Summer shoes",
    "--description",
    "Now 20% off",
    "--media",
    "https://example.com/shoe.jpg",
    "--choice",
    "Tell me more",
    "--choice",
    "Shop|https://example.com/shop",
  ],
  [
    "--channel",
    "RCS",
    "--type",
    "carousel",
    "--card",
    '{"title":"A","media_message":{"url":"https://example.com/1.jpg"}}',
    "--card",
    '{"title":"B","media_message":{"url":"https://example.com/2.jpg"}}',
  ],
  [
    "What now?",
    "--channel",
    "WHATSAPP",
    "--type",
    "choice",
    "--choice",
    "Yes",
    "--choice",
    "Call us|tel:+15557654321",
  ],
  [
    "--channel",
    "WHATSAPP",
    "--location",
    "--lat",
    "55.6104",
    "--lng",
    "13.0028",
    "--name",
    "Our office",
  ],
  [
    "--channel",
    "WHATSAPP",
    "--type",
    "list",
    "--title",
    "Choose a flavour",
    "--item",
    "Strawberry|Sweet|strawberry",
    "--item",
    "Lemon|Sour|lemon",
    "--menu",
    "Flavours",
  ],
];

const folder = await Deno.makeTempDir({ prefix: "sinch-demo-" });
try {
  let lastId = "";
  for (const words of SENDS) {
    const command = ["conversation", "send", TO, ...words];
    lastId = /Message ID\s+(\S+)/.exec(await sinch(...command))?.[1] ?? "";
  }
  await sinch("conversation", "messages", "list");
  await sinch("conversation", "messages", "get", lastId);
} finally {
  await Deno.remove(folder, { recursive: true });
}

/** Types a command, runs it on the sandbox, and returns what it printed. */
async function sinch(...words: string[]): Promise<string> {
  console.log(`$ sinch --sandbox ${words.map(quoted).join(" ")}`);
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--quiet", MAIN, "--sandbox", ...words],
    env: { SINCH_SANDBOX_STORE: `${folder}/sandbox.db` },
    stdin: "null",
    stderr: "inherit",
  });
  const { success, stdout } = await child.output();
  const text = new TextDecoder().decode(stdout);
  console.log(text);
  if (!success) throw new Error("the command above failed");
  return text;
}

function quoted(word: string): string {
  return /^[\w+:/.-]+$/.test(word) ? word : `'${word}'`;
}
