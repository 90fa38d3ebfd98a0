/** Which hosts are this machine: plain http never leaves it. */

/** @param hostname As the URL parser spells it, IPv6 addresses in brackets. */
export function isLoopback(hostname: string): boolean {
  // The parser has brought every notation of an IPv4 address into this one.
  return hostname === "localhost" || hostname === "[::1]" ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
