/** How a message appears on a phone, and what is wrong with it, as labelled lines. */
import type { Shown } from "../channels/arrival.ts";
import { drawn } from "../channels/drawing.ts";
import type { Finding } from "../channels/findings.ts";
import type { Fields } from "../output/details.ts";

export interface PhoneView
  extends Partial<Pick<Shown, "kind" | "blocks" | "sms">> {
  /** The reason code of a message that is not shown. */
  failure?: string;
  findings: Finding[];
}

export function phoneFields(
  { failure, kind, blocks = [], sms, findings }: PhoneView,
): Fields {
  const losses = findings.filter(({ code }) => code === "TRANSCODED");
  return [
    [
      "On the phone",
      failure ? `nothing (${failure})` : drawn(blocks).join("\n"),
    ],
    [
      "Native",
      failure || !kind
        ? undefined
        : kind === "native"
        ? "yes"
        : `no: ${losses.map(({ message }) => message).join("\n")}`,
    ],
    [
      "SMS",
      sms && `${sms.parts} ${sms.parts === 1 ? "part" : "parts"}, ` +
        `${sms.units} units of ${sms.encoding}`,
    ],
    [
      "Findings",
      findings.filter((finding) => !losses.includes(finding))
        .map(findingLine).join("\n"),
    ],
  ];
}

/** `error: Text must have at most 2,000 characters, got 2,001` */
export function findingLine({ level, message }: Finding): string {
  return `${level}: ${message}`;
}
