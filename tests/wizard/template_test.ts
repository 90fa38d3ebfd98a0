/** What the template wizard asks, and the template that its answers make. */
import { assertEquals } from "@std/assert";
import { newTemplate, type TemplateFields } from "../../options/template.ts";
import { completeTemplate } from "../../wizard/template.ts";
import { SandboxServer } from "../sandbox_server.ts";
import type { Answers } from "./scripted_prompter.ts";
import { wizardContext } from "./wizard_context.ts";

const CREATE: Answers[number] = ["Create this template?", true];

const NONE: TemplateFields = {
  id: undefined,
  description: undefined,
  language: undefined,
  message: undefined,
  translations: undefined,
  previews: undefined,
};

interface Case {
  given: Partial<TemplateFields>;
  answers: Answers;
  template: unknown;
}

const CASES: Record<string, Case> = {
  "a text in two languages, with previews": {
    given: {},
    answers: [
      ["Template ID", "order_confirmed"],
      ["Description", "Order confirmation"],
      ["Language", ""],
      ["Message type", "Text"],
      ["Text", "Hi ${name}, your order ${order} is confirmed."],
      ["Add a translation?", true],
      ["Language", "sv-SE"],
      ["Text", "Hej ${name}!"],
      ["Add another translation?", false],
      ["Preview of ${name}", "Jane"],
      ["Preview of ${order}", ""],
    ],
    template: {
      id: "order_confirmed",
      description: "Order confirmation",
      default_translation: "en-US",
      translations: [
        {
          language_code: "en-US",
          version: "1",
          text_message: {
            text: "Hi ${name}, your order ${order} is confirmed.",
          },
          variables: [
            { key: "name", preview_value: "Jane" },
            { key: "order", preview_value: "" },
          ],
        },
        {
          language_code: "sv-SE",
          version: "1",
          text_message: { text: "Hej ${name}!" },
          variables: [{ key: "name", preview_value: "Jane" }],
        },
      ],
    },
  },
  "a card, and nothing that is given": {
    given: {
      ...{ id: "sale", description: "Sale", language: "sv-SE" },
      translations: [],
      previews: [["name", "Jane"]],
    },
    answers: [
      ["Message type", "Card"],
      ["Title", "Hi ${name}"],
      ["Description", ""],
      ["Media URL", "https://example.com/a.jpg"],
      ["Media height", "TALL"],
      ["Add a choice?", false],
    ],
    template: {
      id: "sale",
      description: "Sale",
      default_translation: "sv-SE",
      translations: [{
        language_code: "sv-SE",
        version: "1",
        card_message: {
          title: "Hi ${name}",
          height: "TALL",
          media_message: { url: "https://example.com/a.jpg" },
        },
        variables: [{ key: "name", preview_value: "Jane" }],
      }],
    },
  },
  "a place, without an id": {
    given: { translations: [] },
    answers: [
      ["Template ID", ""],
      ["Description", ""],
      ["Language", "en-GB"],
      ["Message type", "Location"],
      ["Latitude", "51.5"],
      ["Longitude", "-0.1"],
      ["Place name", "London"],
    ],
    template: {
      default_translation: "en-GB",
      translations: [{
        language_code: "en-GB",
        version: "1",
        location_message: {
          title: "London",
          coordinates: { latitude: 51.5, longitude: -0.1 },
        },
      }],
    },
  },
};

for (const [subject, { given, answers, template }] of Object.entries(CASES)) {
  Deno.test(`the template wizard makes ${subject}`, async () => {
    await using api = new SandboxServer();
    const context = wizardContext(api, [...answers, CREATE]);
    const options = await completeTemplate(context, { ...NONE, ...given });
    context.prompter.assertDone();
    assertEquals(JSON.parse(JSON.stringify(newTemplate(options))), template);
    assertEquals(api.calls, [], "the wizard itself creates nothing");
  });
}
