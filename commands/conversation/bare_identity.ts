/** Identities as the API stores them, to look for one. */
import { withoutSeparators } from "../../options/phone_number.ts";

/** Phone numbers are stored without `+` and separators. */
export function bareIdentity(identity: string): string {
  const number = withoutSeparators(identity);
  return /^\+\d+$/.test(number) ? number.slice(1) : identity;
}
