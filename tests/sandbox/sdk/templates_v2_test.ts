/** Templates, as the official SDK calls for them. */
import { assertEquals } from "@std/assert";
import { contract, type Sdk } from "./contract.ts";

const WELCOME = "welcome_template";
const NONE = "no_template";

const BODY = {
  default_translation: "en-US",
  translations: [{
    language_code: "en-US",
    version: "1",
    text_message: { text: "Hello ${name}" },
  }],
};

const create = (sdk: Sdk, id: string) =>
  sdk.templatesV2.create({ createTemplateRequestBody: { ...BODY, id } });

contract("templatesV2", {
  create: {
    async taken(sdk) {
      const made = await create(sdk, "greeting");
      assertEquals([made.id, made.version], ["greeting", 1]);
      assertEquals(made.translations!.length, 1);
    },
    refused: [400, (sdk) => create(sdk, WELCOME)],
  },
  get: {
    async taken(sdk) {
      const got = await sdk.templatesV2.get({ template_id: WELCOME });
      assertEquals(
        got.translations!.map(({ language_code, version }) =>
          `${language_code} ${version}`
        ),
        ["en-US 1", "sv-SE 1", "en-US latest", "sv-SE latest"],
      );
    },
    refused: [404, (sdk) => sdk.templatesV2.get({ template_id: NONE })],
  },
  list: {
    async taken(sdk) {
      const { templates } = await sdk.templatesV2.list({});
      assertEquals(templates!.map(({ id }) => id), [WELCOME]);
    },
    refused: [403, (_sdk, other) => other.templatesV2.list({})],
  },
  listTranslations: {
    async taken(sdk) {
      const { translations } = await sdk.templatesV2.listTranslations({
        template_id: WELCOME,
        language_code: "sv-SE",
        translation_version: "latest",
      });
      assertEquals(
        translations!.map(({ language_code, version }) => [
          language_code,
          version,
        ]),
        [["sv-SE", "1"]],
      );
    },
    refused: [
      404,
      (sdk) => sdk.templatesV2.listTranslations({ template_id: NONE }),
    ],
  },
  update: {
    async taken(sdk) {
      const replaced = await sdk.templatesV2.update({
        template_id: WELCOME,
        updateTemplateRequestBody: { ...BODY, version: 1 },
      });
      assertEquals([replaced.version, replaced.translations!.length], [2, 1]);
    },
    refused: [404, (sdk) =>
      sdk.templatesV2.update({
        template_id: NONE,
        updateTemplateRequestBody: { ...BODY, version: 1 },
      })],
  },
  delete: {
    async taken(sdk) {
      await sdk.templatesV2.delete({ template_id: WELCOME });
      assertEquals((await sdk.templatesV2.list({})).templates, []);
    },
    refused: [404, (sdk) => sdk.templatesV2.delete({ template_id: NONE })],
  },
});
