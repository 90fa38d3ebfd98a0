/** `sinch doctor`: what stands between this machine and a message. */
import { Command } from "@cliffy/command";
import { EXIT_CODES } from "../../errors.ts";
import { safeLine } from "../../output/safe_text.ts";
import type { Style } from "../../output/style.ts";
import type { View } from "../../output/view.ts";
import { action } from "../action.ts";
import type { AnyCommand, Cli } from "../cli.ts";
import type { CommonFlags, Context } from "../context.ts";
import type { Finding, FindingState } from "./finding.ts";

export function create(cli: Cli): AnyCommand {
  return (new Command() as AnyCommand)
    .description(
      "Check credentials, token, clock, region, app, channels, webhooks and this machine's settings, " +
        "and say what mends each fault. Exits with 1 if something is broken, with 3 when signed out.",
    )
    .option(
      "-a, --app <app-id:plain>",
      "Conversation app; the configured default if left out.",
    )
    .example("Is everything in order?", "sinch doctor")
    .example(
      "Only what is wrong",
      "sinch doctor --query \"findings[?state!='ok']\"",
    )
    .action(
      action(
        cli,
        async (_context: Context, flags: CommonFlags): Promise<View> => {
          const { diagnose } = await import("./diagnosis.ts");
          return report(await diagnose(cli, flags));
        },
      ),
    );
}

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
  const finding = `${marks[state]} ${check.padEnd(WIDTH)}${safeLine(found)}\n`;
  const indent = " ".repeat(WIDTH + 2);
  return fix ? `${finding}${indent}${style.cyan(safeLine(fix))}\n` : finding;
}

/** Of the longest name of a check, and the gap behind it. */
const WIDTH = "Credentials  ".length;

function summary(broken: number, warnings: number): string {
  const parts = [
    broken > 0 ? `${broken} broken` : "Nothing is broken",
    warnings > 0 ? `${warnings} to look at` : "",
  ];
  return `${parts.filter(Boolean).join(", ")}.`;
}
