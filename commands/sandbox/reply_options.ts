/** The options of `sinch sandbox reply`. */
import { COORDINATES, LATITUDE, LONGITUDE } from "../../options/coordinates.ts";
import { command, type OptionsOf } from "../command.ts";

export const declareReply = () =>
  command(
    "Send a message to the app as a contact. <from> is a phone number, a contact ID, or the ID of a message that the contact answers.",
  )
    .type("coordinates", COORDINATES)
    .type("latitude", LATITUDE)
    .type("longitude", LONGITUDE)
    .arguments("<from:line> [text:text]")
    .option(
      "-c, --channel <channel:channel>",
      "Channel of a phone number or other identity (default: SMS)",
    )
    .option(
      "-a, --app <app-id:app>",
      "App ID (default: the sandbox's first app)",
    )
    .option("--reply-to <message-id:message>", "Message to quote")
    .group("Instead of a text")
    .option("-m, --media <url:url>", "URL of an image, video or file")
    .option("--caption <text:line>", "Caption for the media (sent as a card)")
    .option(
      "--location [place:coordinates]",
      "Location as LAT,LNG, or with --lat and --lng",
    )
    .option(
      "--lat <latitude:latitude>",
      "Latitude of the location, from -90 to 90",
    )
    .option(
      "--lng <longitude:longitude>",
      "Longitude of the location, from -180 to 180",
    )
    .option("-n, --name <name:line>", "Name of the location (default: Here)")
    .group("Instead of a message")
    .option("--typing", "Start typing")
    .option("--typing-end", "Stop typing")
    .option(
      "--react <emoji:line>",
      "React to the message with the ID <from>",
    )
    .option(
      "--unreact",
      "Remove the reaction to the message with the ID <from>",
    )
    .example(
      "Answer a message",
      'sinch sandbox reply 01JA7V5Q0M2N8B3C4D5E6F7G8H "Yes, please"',
    )
    .example(
      "Send a message from a new contact",
      'sinch sandbox reply +15557654321 "Hi" --channel WHATSAPP',
    )
    .example("Opt out", "sinch sandbox reply +15551234567 STOP")
    .example(
      "Send an image with a caption",
      "sinch sandbox reply +15551234567 --media https://example.com/a.jpg --caption Look",
    )
    .example(
      "Send a location",
      'sinch sandbox reply +15551234567 --location 55.6105,13.0029 --name "Our office"',
    )
    .example(
      "React to a message",
      "sinch sandbox reply 01JA7V5Q0M2N8B3C4D5E6F7G8H --react 👍",
    )
    .example(
      "Start typing",
      "sinch sandbox reply +15551234567 --typing -c WHATSAPP",
    );

export type ReplyOptions = OptionsOf<typeof declareReply>;
