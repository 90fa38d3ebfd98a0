/**
 * Where callbacks may be posted. Link-local and metadata addresses are refused:
 * clouds serve a machine's credentials there.
 */
import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";

const FORBIDDEN = new BlockList();
FORBIDDEN.addSubnet("169.254.0.0", 16, "ipv4");
FORBIDDEN.addSubnet("fe80::", 10, "ipv6");
// 169.254.0.0/16 as IPv6: mapped, compatible, translated, NAT64, 6to4.
for (const prefix of ["::ffff:", "::", "::ffff:0:", "64:ff9b::"]) {
  FORBIDDEN.addSubnet(`${prefix}a9fe:0`, 112, "ipv6");
}
FORBIDDEN.addSubnet("2002:a9fe::", 32, "ipv6");
// The same services elsewhere: AWS, Google, Alibaba, Oracle, Azure.
FORBIDDEN.addAddress("fd00:ec2::254", "ipv6");
FORBIDDEN.addAddress("fd20:ce::254", "ipv6");
FORBIDDEN.addAddress("100.100.100.200", "ipv4");
FORBIDDEN.addAddress("192.0.0.192", "ipv4");
FORBIDDEN.addAddress("168.63.129.16", "ipv4");

export class ForbiddenTarget extends Error {}

/** A `fetch` that throws {@linkcode ForbiddenTarget} for a forbidden address or its name. */
export function withoutLinkLocal(
  fetch: typeof globalThis.fetch,
): typeof globalThis.fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    // The URL parser has normalised all notations of an address.
    const host = url.hostname.replace(/^\[|\]$/g, "");
    for (const { address, family } of await addressesOf(host)) {
      if (!FORBIDDEN.check(address, family === 6 ? "ipv6" : "ipv4")) continue;
      throw new ForbiddenTarget(
        `${host} is a link-local or metadata address; to allow it, use \`sinch sandbox start --allow-any-target\``,
      );
    }
    return await fetch(input, init);
  };
}

async function addressesOf(host: string) {
  const family = isIP(host);
  if (family !== 0) return [{ address: host, family }];
  // An unknown name fails in fetch.
  return await lookup(host, { all: true }).catch(() => []);
}
