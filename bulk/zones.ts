/**
 * Which time zones a person may be in. A number says little about it: people
 * travel, and mobile prefixes belong to no place, so all zones of the number's
 * country are candidates. The zones of each country are those of Intl (CLDR).
 */
import type { Row } from "./recipients/row.ts";

export interface Candidates {
  /** How people call them: a zone's name, or the country's or calling code. */
  name: string;
  zones: readonly string[];
  /** Nobody says that the person is there. */
  isGuess: boolean;
}

export type CandidatesOf = (
  row: Pick<Row, "identity" | "country" | "timezone">,
) => Candidates | undefined;

/** Loads the calling codes. */
export async function zoneFinder(): Promise<CandidatesOf> {
  const { getCountries, getCountryCallingCode } = await import(
    "libphonenumber-js/max"
  );
  const codes = new Map<string, string[]>();
  for (const country of getCountries()) {
    const code = getCountryCallingCode(country);
    codes.set(code, [...codes.get(code) ?? [], country]);
  }
  const byName = new Map<string, Candidates>();
  const candidates = (
    name: string,
    find: () => readonly string[],
    isGuess: boolean,
  ): Candidates | undefined => {
    const known = byName.get(name) ?? { name, zones: find(), isGuess };
    byName.set(name, known);
    return known.zones.length > 0 ? known : undefined;
  };
  return ({ identity, country, timezone }) => {
    if (timezone !== undefined) {
      return candidates(timezone, () => [timezone], false);
    }
    const found = country &&
      candidates(country, () => zonesOfCountry(country), true);
    if (found) return found;
    const digits = identity.replace(/^\+/, "");
    const code = [1, 2, 3].map((length) => digits.slice(0, length))
      .find((start) => codes.has(start));
    if (!identity.startsWith("+") || code === undefined) return undefined;
    return candidates(
      `+${code}`,
      () => [...new Set(codes.get(code)!.flatMap(zonesOfCountry))],
      true,
    );
  };
}

function zonesOfCountry(country: string): string[] {
  return new Intl.Locale(`und-${country}`).getTimeZones?.() ?? [];
}
