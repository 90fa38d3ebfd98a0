/** Every message type: from argv, over HTTP, to the message the API has stored. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { runCli } from "../../run_cli.ts";
import { SandboxServer, sentPart } from "../../sandbox_server.ts";

const PHONE = "+15551234567";
const IMAGE = "https://example.com/image.jpg";
const A = '{"title":"A","media_message":{"url":"https://example.com/a.jpg"}}';
const B = '{"description":"B","height":"TALL","choices":[{"text_message":' +
  '{"text":"Pick B"},"postback_data":"b"}]}';
const SECTION =
  '{"title":"Fruit","items":[{"choice":{"title":"Lemon","postback_data":"l"}}]}';

interface Sent {
  /** What stderr warns of; by default nothing. */
  warns?: string;
  args: string[];
  message: unknown;
}

/** The documented examples, word for word, and every flag of every type. */
const SENDS: Record<string, Sent> = {
  "text, as documented": {
    args: [PHONE, "Hello from Sinch", "--channel", "SMS"],
    message: { text_message: { text: "Hello from Sinch" } },
  },
  "text with everything a shell and a terminal could spoil": {
    args: [PHONE, "-t", "TEXT", "-c", "sms", "It's “€5”\n$HOME 😀 \\ `x`"],
    message: { text_message: { text: "It's “€5”\n$HOME 😀 \\ `x`" } },
  },
  "media with a caption, as documented: a card": {
    args: [
      PHONE,
      ...["--channel", "WHATSAPP", "--media", IMAGE],
      ...["--caption", "Check this out"],
    ],
    message: {
      card_message: { title: "Check this out", media_message: { url: IMAGE } },
    },
  },
  "media with the message as its caption": {
    args: [PHONE, "Check this out", "-c", "WHATSAPP", "-m", IMAGE],
    message: {
      card_message: { title: "Check this out", media_message: { url: IMAGE } },
    },
  },
  "media": {
    args: [
      PHONE,
      ...["-c", "WHATSAPP", "-m", IMAGE, "--filename", "photo.jpg"],
      ...["--thumbnail", "https://example.com/small.jpg"],
    ],
    message: {
      media_message: {
        url: IMAGE,
        thumbnail_url: "https://example.com/small.jpg",
        filename_override: "photo.jpg",
      },
    },
  },
  "a WhatsApp template by name, as documented": {
    // WhatsApp counts parameters: body[1]text.
    warns: "Template parameter name must be named like body[1]text",
    args: [
      PHONE,
      ...["--channel", "WHATSAPP", "--type", "template"],
      ...["--template", "welcome_template", "--params", '{"name":"Alice"}'],
    ],
    message: {
      template_message: {
        channel_template: {
          WHATSAPP: {
            template_id: "welcome_template",
            language_code: "en_US",
            parameters: { name: "Alice" },
          },
        },
      },
    },
  },
  "a WhatsApp template in another language": {
    args: [
      PHONE,
      ...["-c", "WHATSAPP", "--template", "a", "--language", "pt-BR"],
    ],
    message: {
      template_message: {
        channel_template: {
          WHATSAPP: { template_id: "a", language_code: "pt_BR" },
        },
      },
    },
  },
  "an omni template": {
    args: [
      PHONE,
      ...["-c", "SMS", "--template", "welcome_template", "--language", "sv-SE"],
      ...["-p", '{"name":"Ada","age":36,"vip":true}'],
    ],
    message: {
      template_message: {
        omni_template: {
          template_id: "welcome_template",
          version: "latest",
          language_code: "sv-SE",
          parameters: { name: "Ada", age: "36", vip: "true" },
        },
      },
    },
  },
  "an omni template of the project on WhatsApp, told from its ID": {
    args: [
      PHONE,
      ...["-c", "WHATSAPP", "--template", "01HW7TEMPLATE0000000000000"],
    ],
    message: {
      template_message: {
        omni_template: {
          template_id: "01HW7TEMPLATE0000000000000",
          version: "latest",
        },
      },
    },
  },
  "an omni template on WhatsApp by its kind and version": {
    args: [
      PHONE,
      ...["-c", "WHATSAPP", "--template", "welcome", "--template-kind", "omni"],
      ...["--template-version", "2"],
    ],
    message: {
      template_message: {
        omni_template: { template_id: "welcome", version: "2" },
      },
    },
  },
  "a channel template on another channel": {
    args: [
      PHONE,
      ...["-c", "KAKAOTALK", "--template", "welcome"],
      ...["--template-kind", "channel", "--template-version", "3"],
    ],
    message: {
      template_message: {
        channel_template: {
          KAKAOTALK: { template_id: "welcome", version: "3" },
        },
      },
    },
  },
  "a location": {
    args: [
      PHONE,
      ...["-c", "WHATSAPP", "--location", "--lat", "37.75", "--lng", "-122.5"],
      ...["-n", "Our office", "--label", "Ground floor"],
    ],
    message: {
      location_message: {
        title: "Our office",
        label: "Ground floor",
        coordinates: { latitude: 37.75, longitude: -122.5 },
      },
    },
  },
  "a location without --location and without a name": {
    args: [PHONE, "-c", "WHATSAPP", "--lng=-122.5", "--lat=-37.75"],
    message: {
      location_message: {
        title: "-37.75, -122.5",
        coordinates: { latitude: -37.75, longitude: -122.5 },
      },
    },
  },
  "a card": {
    args: [
      PHONE,
      ...["-c", "RCS", "-t", "card", "--title", "Summer shoes"],
      ...["--description", "Now 20% off", "-m", IMAGE, "--height", "medium"],
      ...["--choice", "Tell me more", "--choice", "Shop|https://example.com/a"],
      ...["--choice", "Call \\| text|tel:+1 (555) 765-4321"],
      ...["--choice", '{"text_message":{"text":"Yes"},"postback_data":"yes"}'],
    ],
    message: {
      card_message: {
        title: "Summer shoes",
        description: "Now 20% off",
        media_message: { url: IMAGE },
        height: "MEDIUM",
        choices: [
          { text_message: { text: "Tell me more" } },
          { url_message: { title: "Shop", url: "https://example.com/a" } },
          {
            call_message: {
              title: "Call | text",
              phone_number: "+15557654321",
            },
          },
          { text_message: { text: "Yes" }, postback_data: "yes" },
        ],
      },
    },
  },
  "a carousel": {
    args: [
      PHONE,
      ...["-c", "RCS", "-t", "carousel", "--card", A, "--card", B],
      ...["--choice", "More"],
    ],
    message: {
      carousel_message: {
        cards: [JSON.parse(A), JSON.parse(B)],
        choices: [{ text_message: { text: "More" } }],
      },
    },
  },
  "a choice": {
    args: [
      PHONE,
      "What now?",
      ...["-c", "RCS", "-t", "choice", "--choice", "Yes", "--choice", "No"],
    ],
    message: {
      choice_message: {
        text_message: { text: "What now?" },
        choices: [
          { text_message: { text: "Yes" } },
          { text_message: { text: "No" } },
        ],
      },
    },
  },
  "a list of sections": {
    args: [
      PHONE,
      ...["-c", "WHATSAPP", "-t", "list", "--title", "Flavours"],
      ...["--description", "Best in town", "--menu", "Choose"],
      ...["--section", SECTION, "--section", SECTION],
    ],
    message: {
      list_message: {
        title: "Flavours",
        description: "Best in town",
        sections: [JSON.parse(SECTION), JSON.parse(SECTION)],
        message_properties: { menu: "Choose" },
      },
    },
  },
  "a list of items": {
    args: [
      PHONE,
      ...["-c", "WHATSAPP", "-t", "list", "--title", "Flavours"],
      ...["--item", "Lemon|Sour|lemon", "--item", "Mint", "--item", "A\\|B||c"],
    ],
    message: {
      list_message: {
        title: "Flavours",
        sections: [{
          items: [
            {
              choice: {
                title: "Lemon",
                description: "Sour",
                postback_data: "lemon",
              },
            },
            { choice: { title: "Mint" } },
            { choice: { title: "A|B", postback_data: "c" } },
          ],
        }],
      },
    },
  },
  "a raw message, as documented": {
    args: [
      PHONE,
      ...["-c", "WHATSAPP", "--json-message", '{"text_message":{"text":"hi"}}'],
    ],
    message: { text_message: { text: "hi" } },
  },
  "a raw message inside message, with what has no flag": {
    args: [
      PHONE,
      ...["-c", "SMS", "--json-message"],
      '{"message":{"contact_info_message":{"name":{"full_name":"Ada"},' +
      '"phone_numbers":[{"phone_number":"+15557654321"}]}}}',
    ],
    message: {
      contact_info_message: {
        name: { full_name: "Ada" },
        phone_numbers: [{ phone_number: "+15557654321" }],
      },
    },
  },
};

function assertWarns(stderr: string, warns: string | undefined) {
  if (warns === undefined) assertEquals(stderr, "");
  else assertStringIncludes(stderr, warns);
}

for (const [subject, { args, message, warns }] of Object.entries(SENDS)) {
  Deno.test(`send delivers ${subject}`, async () => {
    await using api = new SandboxServer();
    const run = await runCli(["conversation", "send", ...args, "--json"], {
      env: api.env,
      fetch,
    });
    assertEquals(run.code, 0, run.stderr);
    assertWarns(run.stderr, warns);
    const { message_id } = JSON.parse(run.stdout);
    const stored = await api.ask("GET", `messages/${message_id}`);
    assertEquals(sentPart(stored.app_message), message);
    assertEquals(stored.channel_identity.identity, PHONE.slice(1));
  });

  Deno.test(`send --dry-run shows ${subject}, and sends nothing`, async () => {
    const run = await runCli(["conversation", "send", ...args, "--dry-run"], {
      env: { SINCH_APP_ID: "01HW7APP" },
    });
    assertEquals([run.code, run.requests.length], [0, 0], run.stderr);
    assertWarns(run.stderr, warns);
    const { method, url, body } = JSON.parse(run.stdout);
    assertEquals(method, "POST");
    assertStringIncludes(url, "/messages:send");
    assertEquals(body.app_id, "01HW7APP");
    assertEquals(body.message, message);
  });
}

Deno.test({
  name: "the curl command that send --curl shows sends the same message",
  ignore: !await hasCurl(),
  async fn(test) {
    await using api = new SandboxServer();
    const { access_token } = await token(api);
    for (const [subject, { args, message }] of Object.entries(SENDS)) {
      await test.step(subject, async () => {
        const send = ["conversation", "send", ...args, "--curl"];
        const preview = await runCli([...send, "--dry-run"], { env: api.env });
        assertEquals([preview.code, preview.requests.length], [0, 0]);
        const answer = await shell(preview.stdout, {
          SINCH_ACCESS_TOKEN: access_token,
        });
        const { message_id } = JSON.parse(answer);
        const stored = await api.ask("GET", `messages/${message_id}`);
        assertEquals(sentPart(stored.app_message), message);

        const sent = await runCli(send, { env: api.env, fetch });
        assertStringIncludes(sent.stderr, preview.stdout.trimEnd());
        assert(!sent.stderr.includes(access_token));
      });
    }
  },
});

async function token(
  { env }: SandboxServer,
): Promise<{ access_token: string }> {
  const answer = await fetch(`${env.SINCH_API_URL}/oauth2/token`, {
    method: "POST",
    headers: {
      authorization: `Basic ${
        btoa(`${env.SINCH_KEY_ID}:${env.SINCH_KEY_SECRET}`)
      }`,
    },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  return await answer.json();
}

async function shell(
  command: string,
  env: Record<string, string>,
): Promise<string> {
  const { stdout, stderr, success } = await new Deno.Command("sh", {
    args: [
      "-c",
      `curl() { command curl --silent --noproxy '*' "$@"; }; ${command}`,
    ],
    env,
  }).output();
  assert(success, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

/** CI has curl; elsewhere the test is left out where there is none. */
async function hasCurl(): Promise<boolean> {
  const found = await new Deno.Command("curl", { args: ["--version"] })
    .output().then(({ success }) => success, () => false);
  if (!found && Deno.env.get("CI")) throw new Error("CI needs curl");
  return found;
}
