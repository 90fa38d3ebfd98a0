/** Command lines made up from the declared commands, with values that are awkward. */
import fc from "fast-check";
import type { AnyCommand, Option } from "../../commands/tree.ts";

export const AWKWARD = [
  ...[" ", "-", "-5", "-5 degrees", "-20% today!", "- item", "-x", "-h"],
  ...["--help", "--json", "--bdy", "--bdy=1", "---", "=", "=x", "a=b", "a,b"],
  ...["list", "help", "@", "@@", "0", "007", "1e400", "NaN", "true", "null"],
  ...["constructor", "toString", "valueOf", "hasOwnProperty", "__proto__"],
  ...["--constructor", "--__proto__", "-constructor", "\n", "\\", "é", "😀"],
];

export interface MadeUpLine {
  argv: string[];
  command: AnyCommand;
  args: string[];
  options: { option: Option; value?: string }[];
}

/** Lines that are right, each part in one of the ways it can be written. */
export function rightLines(leaves: AnyCommand[]): fc.Arbitrary<MadeUpLine> {
  return fc.constantFrom(...leaves).chain((command) => {
    const declared = command.getArguments();
    const most = declared.at(-1)?.variadic ? 4 : declared.length;
    const least = declared.filter(({ optional }) => !optional).length;
    return fc.record({
      args: fc.array(fc.constantFrom(...AWKWARD), {
        minLength: least,
        maxLength: most,
      }),
      options: fc.subarray(command.getOptions(true).filter(isFree), {
        maxLength: 5,
      }).chain((options) => fc.tuple(...options.map(written))),
      common: fc.nat(3),
    }).map(({ args, options, common }) => {
      const path = command.getPath().split(" ").slice(1);
      const first = options.filter(({ option }) => option.global)
        .slice(0, common);
      const rest = options.filter((option) => !first.includes(option));
      const given = [...first, ...rest];
      return {
        argv: [
          ...first.flatMap(({ words }) => words),
          ...path,
          ...rest.flatMap(({ words }) => words),
          "--",
          ...args,
        ],
        command,
        args,
        options: given.map(({ option, value }) => ({ option, value })),
      };
    });
  });
}

/** Answered before anything else is looked at. */
function isFree({ name }: Option): boolean {
  return name !== "help" && name !== "version";
}

function written(option: Option) {
  const [arg] = option.args;
  return fc.record({
    flag: fc.constantFrom(...option.flags),
    value: fc.constantFrom(...AWKWARD),
    apart: fc.boolean(),
    leftOut: fc.boolean(),
  }).map(({ flag, value, apart, leftOut }) => {
    if (!arg || arg.optional && leftOut) return { option, words: [flag] };
    // What looks like a flag is a value only where it is tied to its option.
    const words =
      apart && !arg.optional && !/^-+[a-z]/i.test(value) && value !== "--"
        ? [flag, value]
        : [`${flag}=${value}`];
    return { option, value, words };
  });
}

/** Words in any order: most of these lines are wrong. */
export function anyLines(leaves: AnyCommand[]): fc.Arbitrary<string[]> {
  return fc.constantFrom(...leaves).chain((command) => {
    const value = fc.constantFrom("", ...AWKWARD);
    const flag = fc.constantFrom(
      ...command.getOptions(true).flatMap(({ flags }) => flags),
    );
    const word = fc.oneof(
      value,
      flag,
      fc.tuple(flag, value).map(([flag, value]) => `${flag}=${value}`),
      fc.constantFrom("--", "--json", "--jsn", "-cf", "-l5", "--force"),
    );
    return fc.array(word, { maxLength: 6 }).map((words) => [
      ...command.getPath().split(" ").slice(1),
      ...words,
    ]);
  });
}
