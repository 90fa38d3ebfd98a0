/** Where a phone number is, as far as rules of senders and MMS depend on it. */
export type PhoneRegion =
  | "US or Canada"
  | "Australia"
  | "Puerto Rico"
  | "other";

/** Area codes of +1 outside the US and Canada. */
const CARIBBEAN =
  "242 246 264 268 284 340 345 441 473 649 658 664 670 671 684 721 758 767 784 809 829 849 868 869 876"
    .split(" ");
const PUERTO_RICO = ["787", "939"];

/** @param number E.164, with or without its `+` */
export function regionOf(number: string): PhoneRegion {
  const digits = number.replace(/^\+/, "");
  if (digits.startsWith("61")) return "Australia";
  if (!digits.startsWith("1")) return "other";
  const area = digits.slice(1, 4);
  if (PUERTO_RICO.includes(area)) return "Puerto Rico";
  return CARIBBEAN.includes(area) ? "other" : "US or Canada";
}
