/**
 * Rules as values: each says what it limits, what happens beyond it, and which
 * source says so. The same value is checked, explained and printed.
 */
import type { Finding } from "./findings.ts";
import { measure, type Unit } from "./measure.ts";
import type { MediaKind, MediaLimit } from "./media.ts";
import type { Content, ContentName } from "./message.ts";
import type { Place, Selector } from "./selectors.ts";

/**
 * `fails`: the message fails. `text`: it loses its native form. `cut`: the rest
 * is not shown. `dropped`: the whole value is not shown. `risk`: it may fail or
 * look different, depending on the network. `advice`: it works all the same.
 */
export type Beyond = "fails" | "text" | "cut" | "dropped" | "risk" | "advice";

export interface Rule {
  /** As the start of a sentence: `Choice label`. */
  what: string;
  /** As its end: `must have at most 20 characters`. */
  must: string;
  /** The limit of a length or count. */
  limit?: number;
  unit?: string;
  beyond: Beyond;
  /** The reason code of a failure; `BAD_REQUEST` by default. */
  code?: string;
  /** Keys of `SOURCES`. */
  source: string;
  /** The places that break it. */
  breaches(content: Content): Breach[];
  /** Where `cut` cuts. */
  cuts?: { selector: Selector; max: number; unit: Unit };
}

export interface Breach {
  where: string;
  value?: number | string;
}

/** A length: `atMost("Text", text, 4096, "characters", "fails", "S7")`. */
export function atMost(
  what: string,
  selector: Selector,
  limit: number,
  unit: Unit,
  beyond: Beyond,
  source: string,
): Rule {
  return {
    what,
    must: `must have at most ${number(limit)} ${unit}`,
    limit,
    unit,
    beyond,
    source,
    breaches: (content) =>
      selector(content).flatMap(({ where, text }) => {
        // No unit counts more than three for each UTF-16 unit.
        if (text.length * 3 <= limit) return [];
        const value = measure(text, unit);
        return value > limit ? [{ where, value }] : [];
      }),
    ...beyond === "cut" ? { cuts: { selector, max: limit, unit } } : {},
  };
}

/** A number of things: `count("Choices", choices, { max: 4 }, "fails", "V1")`. */
export function count(
  what: string,
  counts: (content: Content) => { where: string; count: number }[],
  { min = 0, max }: { min?: number; max: number },
  beyond: Beyond,
  source: string,
): Rule {
  return {
    what,
    must: min === max
      ? `must be exactly ${max}`
      : min > 0
      ? `must be ${min} to ${max}`
      : `must be at most ${max}`,
    limit: max,
    beyond,
    source,
    breaches: (content) =>
      counts(content).filter(({ count }) => count < min || count > max)
        .map(({ where, count: value }) => ({ where, value })),
  };
}

/** Anything else. */
export function must(
  what: string,
  must: string,
  beyond: Beyond,
  source: string,
  breaches: (content: Content) => Breach[],
): Rule {
  return { what, must, beyond, source, breaches };
}

/** The places whose text breaks a rule. */
export function where(
  selector: Selector,
  isBroken: (text: string) => boolean,
): (content: Content) => Breach[] {
  return (content) =>
    selector(content).filter(({ text }) => isBroken(text))
      .map(({ where, text }) => ({ where, value: text }));
}

/** Only while something holds, such as a kind of choice. */
export function when(
  holds: (content: Content) => boolean,
  ...rules: Rule[]
): Rule[] {
  return rules.map((rule) => ({
    ...rule,
    breaches: (content) => holds(content) ? rule.breaches(content) : [],
    ...rule.cuts
      ? {
        cuts: {
          ...rule.cuts,
          selector: (content: Content): Place[] =>
            holds(content) ? rule.cuts!.selector(content) : [],
        },
      }
      : {},
  }));
}

/** When an app may write at all. */
export interface Window {
  hours: number;
  /** A property that lets it write later, with the hours for each of its values. */
  tag?: { property: string; hours: Record<string, number> };
  /** Only a message from the person opens it: no template gets around it. */
  code: string;
  source: string;
}

export interface Property {
  /** `FULL, HALF or TALL` */
  form: string;
  isValid(value: string): boolean;
  source: string;
}

export interface MediaRules {
  /** What the channel takes; a kind that is missing is not taken. */
  kinds: Partial<Record<MediaKind, MediaLimit>>;
  /** What happens to other media: they become a link, or the message fails. */
  others: "link" | "fails";
  source: string;
}

/** What is known of one channel. */
export interface ChannelRules {
  /** For people. */
  name: string;
  /** Contents that it shows as themselves. */
  native: readonly ContentName[];
  /** Contents that fail: nothing can be shown. */
  refused?: readonly ContentName[];
  rules: readonly Rule[];
  media?: MediaRules;
  /** What it takes in a card, if that differs. */
  cardMedia?: MediaRules;
  properties?: Record<string, Property>;
  window?: Window;
  /**
   * The nearest content that is not text for one that is not native;
   * undefined: plain text.
   */
  nearest?(content: Content): Content | undefined;
  /** The last status of a message that arrives. */
  reports: "QUEUED_ON_CHANNEL" | "DELIVERED" | "READ";
  /** Worth knowing, but not a limit. */
  remarks?: readonly string[];
}

const CONSEQUENCES: Record<Beyond, string> = {
  fails: "",
  text: "",
  cut: "; the rest is cut off",
  dropped: "; it is not shown",
  risk: "; the message may fail or look different",
  advice: "",
};

const LEVELS: Record<Beyond, Finding["level"]> = {
  fails: "error",
  text: "warning",
  cut: "warning",
  dropped: "warning",
  risk: "warning",
  advice: "note",
};

const CODES: Record<Beyond, string> = {
  fails: "BAD_REQUEST",
  text: "TRANSCODED",
  cut: "CUT",
  dropped: "DROPPED",
  risk: "RISKY",
  advice: "ADVICE",
};

/** One finding for each place that breaks the rule. */
export function findingsOf(rule: Rule, content: Content): Finding[] {
  const { what, must, limit, beyond, code } = rule;
  return rule.breaches(content).map(({ where, value }) => ({
    level: LEVELS[beyond],
    code: code ?? CODES[beyond],
    message: `${what} ${must}${
      value === undefined
        ? ""
        : `, got ${typeof value === "number" ? number(value) : quoted(value)}`
    }${CONSEQUENCES[beyond]}`,
    value,
    limit,
    where,
  }));
}

/** `4,096` */
export function number(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

const MAX_QUOTED = 60;

function quoted(text: string): string {
  return JSON.stringify(
    text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED - 1)}…` : text,
  );
}
