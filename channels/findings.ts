/** What is wrong with, or worth knowing about, a message on a channel. */

/**
 * `error`: the message will fail. `warning`: it will look different or cost
 * more. `note`: anything else worth knowing.
 */
export type Level = "error" | "warning" | "note";

export interface Finding {
  level: Level;
  /** The reason code of the failure; of others a word: `TRANSCODED`, `CUT` … */
  code: string;
  message: string;
  /** What was found: a length, a count or a text. */
  value?: number | string;
  limit?: number;
  /** The field, such as `choice_message.choices[0].text_message.text`. */
  where?: string;
}

/** How a message fails: at once with 400, or later with a report. */
export interface Failure {
  /**
   * `request`: the API answers 400. `processing`: it accepts the message, then
   * reports FAILED. `channel`: the channel receives the message and refuses it.
   */
  stage: "request" | "processing" | "channel";
  /** Reason code of the report; of a 400 `INVALID_ARGUMENT`. */
  code: string;
}
