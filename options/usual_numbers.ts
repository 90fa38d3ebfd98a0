/**
 * Phone numbers that are clearly usual: no rule of their country has to be loaded
 * for them. Loading the rules takes longer than the rest of a send's checks.
 */

/**
 * Country calling codes by the number of digits that may follow them: read from
 * the rules of libphonenumber-js, where every such number that does not start
 * with a 0 has a usual length, and no prefix of calls inside the country.
 */
const CODES: Record<number, string> = {
  8: " 20 213 216 222 223 224 226 227 228 230 231 232 233 235 236 237 241 " +
    "243 250 252 253 254 257 258 264 266 267 268 27 31 32 350 352 353 " +
    "355 356 357 358 359 36 370 371 372 373 374 376 377 378 381 382 383 " +
    "385 386 387 389 39 43 45 46 47 48 49 502 503 504 505 506 507 509 " +
    "51 53 55 57 591 593 595 598 60 61 62 63 64 65 66 670 675 686 689 " +
    "800 808 81 82 84 850 852 853 855 856 86 880 882 883 886 91 92 95 " +
    "961 962 963 964 965 967 968 970 971 972 973 974 975 976 977 993 ",
  9: " 20 211 212 213 218 220 221 224 231 233 237 240 242 243 244 245 249 " +
    "250 251 252 254 255 256 258 260 261 262 263 264 265 268 27 31 32 " +
    "33 34 351 353 354 355 358 359 36 376 377 380 381 382 383 385 387 " +
    "39 40 41 420 421 423 43 46 48 49 508 51 55 56 590 591 593 594 595 " +
    "596 598 60 62 63 64 66 681 689 81 82 84 852 855 856 86 870 880 881 " +
    "882 883 886 91 92 93 94 95 962 963 964 966 967 968 970 971 972 974 " +
    "976 979 992 994 995 996 998 ",
  10: " 1 20 225 229 230 234 243 254 263 267 27 30 31 353 358 372 378 380 " +
    "381 383 39 420 43 44 46 48 49 506 507 52 53 54 56 57 58 593 595 " +
    "598 60 62 63 64 65 66 685 7 81 82 84 850 855 856 86 880 881 882 " +
    "883 886 90 91 92 95 960 964 966 970 971 972 976 977 98 996 ",
  11: " 234 30 31 358 381 383 39 420 43 49 501 502 503 504 507 54 56 57 " +
    "593 595 598 62 63 65 679 81 82 852 86 882 883 886 888 91 92 971 " +
    "972 974 977 ",
};

/** Whether neither the country's rules nor its lengths can refuse or doubt it. */
export function isUsual(number: string): boolean {
  return [1, 2, 3].some((length) => {
    const code = number.slice(1, 1 + length);
    const national = number.slice(1 + length);
    return CODES[national.length]?.includes(` ${code} `) &&
      !national.startsWith("0");
  });
}
