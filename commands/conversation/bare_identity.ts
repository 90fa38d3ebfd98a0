/** Identities as the API stores them, to look for one. */

/** Phone numbers are stored without `+` and separators. */
export function bareIdentity(identity: string): string {
  return identity.startsWith("+") ? identity.replace(/\D/g, "") : identity;
}
