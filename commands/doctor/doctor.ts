/** `sinch doctor` */
import { EXIT_CODES } from "../../errors.ts";
import { safeLine } from "../../output/safe_text.ts";
import type { Style } from "../../output/style.ts";
import type { View } from "../../output/view.ts";
import { wrapped } from "../../output/wrap.ts";
import { action } from "../action.ts";
import type { Cli } from "../cli.ts";
import { command, type OptionsOf } from "../command.ts";
import type { Context } from "../context.ts";
import type { Finding, FindingState } from "./finding.ts";

const declare = () =>
  command(
    "Diagnose problems with credentials, region, app, channels, webhooks and this machine's settings, and suggest fixes. " +
      "Exits with code 1 if something is broken, with code 3 if you are not signed in.",
  )
    .option("-a, --app <app-id:app>", "App ID (default: the configured app)")
    .example("Run all checks", "sinch doctor")
    .example(
      "Show only problems, as JSON",
      "sinch doctor --query \"findings[?state!='ok']\"",
    );

export const create = (cli: Cli) =>
  declare().action(
    action(
      cli,
      async ({ flags }: Context, { app }: OptionsOf<typeof declare>) => {
        const { diagnose } = await import("./diagnosis.ts");
        return report(await diagnose(cli, { ...flags, app }));
      },
    ),
  );

function report(findings: Finding[]): View {
  const broken = findings.filter(({ state }) => state === "broken");
  const warnings = findings.filter(({ state }) => state === "warning");
  const signedOut = findings.some((finding) => finding.signedOut);
  return {
    json: {
      healthy: broken.length === 0,
      findings: findings.map(({ check, state, found, fix }) => ({
        check,
        state,
        found,
        fix,
      })),
    },
    text: (style) =>
      findings.map((finding) => line(finding, style)).join("") +
      `\n${summary(broken.length, warnings.length)}\n`,
    exitCode: broken.length === 0
      ? 0
      : signedOut
      ? EXIT_CODES.auth
      : EXIT_CODES.config,
  };
}

function line({ check, state, found, fix }: Finding, style: Style): string {
  const marks: Record<FindingState, string> = {
    ok: style.green("✔"),
    note: style.dim("·"),
    warning: style.yellow("!"),
    broken: style.red("✖"),
  };
  const indent = " ".repeat(WIDTH + 2);
  const lines = (text: string) =>
    wrapped(safeLine(text), style, style.width - indent.length).split("\n");
  const all = [
    ...lines(found),
    ...fix ? lines(fix).map((line) => style.cyan(line)) : [],
  ];
  return `${marks[state]} ${check.padEnd(WIDTH)}${all.join(`\n${indent}`)}\n`;
}

/** Of the longest name of a check, and the gap behind it. */
const WIDTH = "Credentials  ".length;

function summary(broken: number, warnings: number): string {
  const parts = [
    broken > 0 ? counted(broken, "problem") : "No problems found",
    warnings > 0 ? counted(warnings, "warning") : "",
  ];
  return parts.filter(Boolean).join(", ");
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
