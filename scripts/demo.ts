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
  for (const words of SENDS) await show("conversation", "send", TO, ...words);
  await show("conversation", "messages", "list");
  await show("conversation", "messages", "get", await newestMessageId());
} finally {
  await Deno.remove(folder, { recursive: true });
}

/** Types a command and runs it on the sandbox, in this terminal if it is one. */
async function show(...words: string[]): Promise<void> {
  console.log(`\n$ sinch --sandbox ${words.map(quoted).join(" ")}`);
  const { success } = await sinch(words, "inherit").spawn().status;
  if (!success) throw new Error("the command above failed");
}

async function newestMessageId(): Promise<string> {
  const words = ["conversation", "messages", "list", "--limit", "1", "--json"];
  const { stdout } = await sinch(words, "piped").output();
  return JSON.parse(new TextDecoder().decode(stdout)).messages[0].id;
}

function sinch(words: string[], stdout: "inherit" | "piped"): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--quiet", MAIN, "--sandbox", ...words],
    env: { SINCH_SANDBOX_STORE: `${folder}/sandbox.db` },
    stdin: "null",
    stdout,
    stderr: "inherit",
  });
}

function quoted(word: string): string {
  return /^[\w+:/.-]+$/.test(word) ? word : `'${word}'`;
}
