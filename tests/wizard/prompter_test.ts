import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { startTerminal, type Terminal, terminalTest } from "../terminal.ts";

const PASTE = "Hello wörld ñandú 漢字 😀";

/** Starts the asking program in a terminal. */
function asking(...questions: string[]): Promise<Terminal> {
  return startTerminal({
    command: [
      Deno.execPath(),
      "run",
      "-A",
      "tests/wizard/ask.ts",
      ...questions,
    ],
  });
}

async function assertAnswers(
  terminal: Terminal,
  expected: unknown[],
): Promise<void> {
  assertEquals(await terminal.exitCode(), 0, await terminal.screen());
  assertStringIncludes(await terminal.screen(), JSON.stringify(expected));
}

terminalTest("a text of many scripts can be typed and pasted", async () => {
  await using terminal = await asking("input", "input");
  await terminal.waitFor("Text");
  await terminal.type(PASTE);
  await terminal.press("Enter");
  await terminal.waitFor(/Text.*\n.*Text/);
  await terminal.paste(PASTE);
  await terminal.press("Enter");
  await assertAnswers(terminal, [PASTE, PASTE]);
});

terminalTest(
  "the line breaks of a paste stay in the answer and submit nothing",
  async () => {
    await using terminal = await asking("input", "yes");
    await terminal.waitFor("Text");
    await terminal.paste("Dear Jane,\nsee you\r\n\nBob\n");
    await terminal.waitFor("Dear Jane,↵see you↵↵Bob");
    await terminal.press("Enter");
    await terminal.answer("Send?", "n");
    await assertAnswers(terminal, ["Dear Jane,\nsee you\n\nBob", false]);
  },
);

terminalTest(
  "an emoji is moved over and deleted as one character",
  async () => {
    await using terminal = await asking("input");
    await terminal.waitFor("Text");
    await terminal.type("a👨‍👩‍👧b漢c");
    await terminal.press("Left", "Left", "BSpace", "BSpace");
    await terminal.type("X");
    await terminal.press(
      "Right",
      "Right",
      "Right",
      "BSpace",
      "Left",
      "DC",
      "Enter",
    );
    await assertAnswers(terminal, ["aX"]);
  },
);

terminalTest(
  "a text wider than the terminal scrolls and comes back whole",
  async () => {
    const text = "word ".repeat(60) + "漢字".repeat(40) + "end";
    await using terminal = await asking("input");
    await terminal.waitFor("Text");
    await terminal.type(text);
    await terminal.waitFor("字end");
    const lines = (await terminal.screen()).trimEnd().split("\n");
    assertEquals(lines.length, 1, "drawn once, on one line");
    await terminal.press("Enter");
    assertEquals(await terminal.exitCode(), 0);
    assertStringIncludes(
      (await terminal.screen()).replaceAll("\n", ""),
      JSON.stringify([text]),
    );
  },
);

terminalTest(
  "an empty answer takes the default, which is checked too",
  async () => {
    await using terminal = await asking("preset", "refused");
    await terminal.answer("Language (en-US)", "nope");
    await terminal.waitFor('not "nope"');
    await terminal.press("BSpace", "BSpace", "BSpace", "BSpace", "Enter");
    await terminal.answer("Number (one)");
    await terminal.waitFor("digits, please");
    await terminal.type("1");
    await terminal.press("Enter");
    await assertAnswers(terminal, ["en-US", "1"]);
  },
);

terminalTest("a secret is never on the screen", async () => {
  await using terminal = await asking("secret", "input");
  await terminal.answer("Key secret", "s3cr3t");
  await terminal.waitFor("Text");
  const screen = await terminal.screen();
  assertStringIncludes(screen, "******");
  assert(!screen.includes("s3cr3t"));
  await terminal.press("Enter");
  await assertAnswers(terminal, ["s3cr3t", ""]);
});

terminalTest("yes and no have a default each", async () => {
  await using terminal = await asking("yes", "no", "yes", "no");
  await terminal.answer("Send? (Y/n)");
  await terminal.answer("Delete? (y/N)");
  await terminal.answer(/Delete[^]*Send\?/, "n");
  await terminal.answer(/Send[^]*Send[^]*Delete\?/, "y");
  await assertAnswers(terminal, [true, false, false, true]);
});

terminalTest("keys pressed at once move one line each", async () => {
  await using terminal = await asking("select");
  await terminal.waitFor("Colour");
  await terminal.press("Down", "Down", "Up", "Enter");
  await assertAnswers(terminal, [{ label: "green" }]);
});

terminalTest("a list without a preset starts at its first choice", async () => {
  await using terminal = await asking("none");
  await terminal.waitFor("❯ tall");
  await terminal.press("Enter");
  await assertAnswers(terminal, ["tall"]);
});

terminalTest("answers typed ahead reach their questions", async () => {
  await using terminal = await asking("input", "select", "yes");
  await terminal.waitFor("Text");
  await terminal.press("h", "i", "Enter", "Down", "Enter", "n", "Enter");
  await assertAnswers(terminal, ["hi", { label: "green" }, false]);
});

terminalTest("typing narrows a list down to the best match", async () => {
  await using terminal = await asking("search");
  await terminal.waitFor("green (sold out)");
  await terminal.type("ell");
  await terminal.waitFor(/❯ yellow/);
  await terminal.press("Enter");
  await assertAnswers(terminal, ["yellow"]);
});

terminalTest(
  "a search that finds nothing, or only what cannot be had, chooses nothing",
  async () => {
    await using terminal = await asking("search");
    await terminal.waitFor("❯ grey");
    await terminal.type("zz");
    await terminal.waitFor("No matches");
    await terminal.press("Enter", "Down", "Up");
    await terminal.type("z");
    await terminal.waitFor(
      /zzz\n +No matches\. Ctrl-U clears the search\.\s*$/,
    );
    await terminal.press("BSpace", "BSpace", "BSpace");
    await terminal.type("green");
    await terminal.waitFor(/🔎 green\n +green/);
    await terminal.press("Down", "Enter", "Up", "Enter");
    await terminal.press("BSpace", "BSpace", "BSpace", "BSpace", "BSpace");
    await terminal.type("blue");
    await terminal.waitFor("❯ blue");
    await terminal.press("Enter");
    await assertAnswers(terminal, ["blue"]);
  },
);

terminalTest(
  "a search is for the very text, not for a similar one",
  async () => {
    await using terminal = await asking("people");
    await terminal.waitFor("❯ Ada");
    await terminal.type("4712");
    await terminal.waitFor(/4712\n +No matches/);
    await terminal.press("Enter", "C-w");
    await terminal.waitFor(/🔎 ?\n.*Ada.*\n.*Ben/);
    await terminal.type("ben x");
    await terminal.waitFor("No matches");
    await terminal.press("C-w");
    await terminal.waitFor(/ben ?\n❯ Ben.*\s*$/);
    await terminal.press("Enter");
    await assertAnswers(terminal, [4721]);
  },
);

terminalTest("Ctrl-W takes the last word of a text", async () => {
  await using terminal = await asking("input");
  await terminal.waitFor("Text");
  await terminal.type("one two 😀 ");
  await terminal.press("C-w");
  await terminal.type("X");
  await terminal.press("Enter");
  await assertAnswers(terminal, ["one two X"]);
});

terminalTest(
  "foreign text cannot steer the terminal or break a line",
  async () => {
    await using terminal = await asking("foreign");
    await terminal.waitFor("good");
    const lines = (await terminal.screen()).trimEnd().split("\n");
    assertEquals(lines.length, 3, lines.join("\n"));
    assertStringIncludes(lines[1]!, "evil");
    await terminal.press("Down", "Enter");
    await assertAnswers(terminal, [2]);
  },
);

terminalTest("a list is ticked with space, one line or all", async () => {
  await using terminal = await asking("many", "many");
  await terminal.waitFor("── Messages ──");
  await terminal.waitFor("[x] OPT_IN");
  await terminal.press("Up", "Space", "Enter");
  await terminal.waitFor("pick one at least");
  await terminal.press("Down", "Down", "Space", "Enter");
  await terminal.waitFor(/Triggers › MESSAGE_DELIVERY\n/);
  await terminal.press("a", "Enter");
  await assertAnswers(terminal, [["out"], ["in", "out", "opt"]]);
});

for (const question of ["input", "secret", "yes", "select", "search", "many"]) {
  terminalTest(`Ctrl-C at a question (${question}) ends with 130`, async () => {
    await using terminal = await asking(question);
    await terminal.waitFor("? ");
    await terminal.press("C-c");
    assertEquals(await terminal.exitCode(), 130);
    assertStringIncludes(await terminal.screen(), "\ninterrupted: ");
  });
}

terminalTest("a dumb terminal gets lines, and no escape sequence", async () => {
  await using terminal = await startTerminal({
    command: [
      ...["sh", "-c", 'TERM=dumb "$@" 2>&1 | cat -v', "sh"],
      ...[Deno.execPath(), "run", "-A", "tests/wizard/ask.ts"],
      ...["refused", "search", "many", "no", "secret"],
    ],
  });
  const answers: [string, string][] = [
    ["Number (one): ", "many"],
    ["digits, please", "12"],
    ["2) green (sold out)", "green"],
    ["sold out\n", "4"],
    ["3) OPT_IN *", "1, 3"],
    ["Delete? (y/N): ", "maybe"],
    ["Answer yes or no", "y"],
    ["Key secret: ", "s3cr3t"],
  ];
  for (const [question, answer] of answers) {
    await terminal.answer(question, answer);
  }
  await terminal.exitCode();
  const screen = await terminal.screen();
  assertStringIncludes(screen, '["12","yellow",["in","opt"],true,"s3cr3t"]');
  assertEquals(screen.includes("^["), false, screen);
  assertEquals(screen.split("s3cr3t").length, 2, screen);
});

/** Keys, and what a text becomes of them. */
const EDITS: [keys: string[], text: string][] = [
  [["Home", "X"], "Xone two"],
  [["C-a", "X", "C-e", "Y"], "Xone twoY"],
  [["Home", "X", "End", "Y"], "Xone twoY"],
  [["C-u", "X"], "X"],
  [["Left", "Left", "Left", "C-u"], "two"],
  [["C-a", "M-f", "C-k"], "one"],
  [["M-b", "X"], "one Xtwo"],
  [["Home", "DC", "C-d"], "e two"],
  [["C-w", "X"], "one X"],
  [["Left", "C-f", "C-h"], "one tw"],
];

terminalTest("a line is edited with the keys of a shell", async () => {
  await using terminal = await asking(...EDITS.map(() => "input"));
  for (const [at, [keys]] of EDITS.entries()) {
    await terminal.waitFor(new RegExp(`(\\? Text[^]*){${at + 1}}`));
    await terminal.type("one two");
    await terminal.press(...keys, "Enter");
  }
  await assertAnswers(terminal, EDITS.map(([, text]) => text));
});

terminalTest(
  "what was refused is replaced by typing, and kept by moving",
  async () => {
    await using terminal = await asking("refused", "refused", "yes");
    await terminal.answer("Number (one)", "many");
    await terminal.waitFor("digits, please");
    await terminal.type("12");
    await terminal.press("Enter");
    await terminal.answer(/12\n.*Number \(one\)/, "3x");
    await terminal.waitFor("digits, please");
    await terminal.press("End", "BSpace", "Enter");
    await terminal.answer("Send?", "maybe");
    await terminal.waitFor("Answer yes or no");
    await terminal.type("no");
    await terminal.press("Enter");
    await assertAnswers(terminal, ["12", "3", false]);
  },
);

for (const key of ["Escape", "C-b"]) {
  terminalTest(`${key} goes back to the question before`, async () => {
    await using terminal = await asking("input", "select", "yes");
    await terminal.answer("Text", "first");
    await terminal.waitFor("❯ red");
    await terminal.press("Down", "Enter");
    await terminal.waitFor("Send?");
    await terminal.press(key);
    await terminal.waitFor("❯ green");
    await terminal.press(key);
    await terminal.waitFor(/green\s*\n\? Text › first/);
    await terminal.press("End");
    await terminal.type(" again");
    await terminal.press("Enter");
    await terminal.waitFor(/again[^]*❯ /);
    await terminal.press("Enter");
    await terminal.answer(/again[^]*Send\?/, "n");
    assertEquals(await terminal.exitCode(), 0, await terminal.screen());
    assertStringIncludes(await terminal.screen(), '"first again"');
    assertStringIncludes(await terminal.screen(), "false]");
  });
}

terminalTest(
  "nobody goes back past what was done, and it is done once",
  async () => {
    await using terminal = await asking("input", "once", "input", "yes");
    await terminal.answer("Text", "a");
    await terminal.answer(/done\n.*Text/, "b");
    await terminal.waitFor("Send?");
    await terminal.press("Escape", "C-b", "C-b");
    await terminal.waitFor(/Text › b/);
    await terminal.press("Enter");
    await terminal.answer("Send?", "y");
    await assertAnswers(terminal, ["a", 1, "b", true]);
    assertEquals((await terminal.screen()).split("done").length, 2);
  },
);

terminalTest("Ctrl-C shows the command with the answers so far", async () => {
  await using terminal = await asking("command", "input");
  await terminal.waitFor("Text");
  await terminal.press("C-c");
  assertEquals(await terminal.exitCode(), 130);
  assertStringIncludes(
    await terminal.screen(),
    "To continue: sinch conversation send --channel SMS",
  );
});

for (const length of [25_000, 100_000]) {
  terminalTest(`${length} characters are pasted in no time`, async () => {
    await using terminal = await asking("length");
    await terminal.waitFor("Text");
    const startedAt = performance.now();
    await terminal.paste("word ".repeat(length / 5 - 1) + "end. ");
    await terminal.waitFor("end.");
    assert(performance.now() - startedAt < 2000);
    await terminal.press("Enter");
    await assertAnswers(terminal, [length - 1]);
  });
}

terminalTest("a window that gets narrower leaves no stale line", async () => {
  await using terminal = await asking("input");
  await terminal.waitFor("Text");
  await terminal.type("word ".repeat(16));
  await terminal.waitFor("word word");
  await terminal.resize(40, 40);
  await terminal.type("end");
  await terminal.waitFor("end");
  const lines = (await terminal.screen()).trimEnd().split("\n");
  assertEquals(lines.length, 1, lines.join("\n"));
  await terminal.press("C-c");
  await terminal.exitCode();
});

terminalTest("a list fits into a low terminal", async () => {
  await using terminal = await startTerminal({
    command: [
      ...[Deno.execPath(), "run", "-A", "tests/wizard/ask.ts"],
      ...["tall", "input"],
    ],
    rows: 8,
  });
  await terminal.waitFor("❯ row 0");
  assertStringIncludes(await terminal.screen(), "? Row");
  await terminal.press("Down", "Down", "Down", "Down", "Down", "Down");
  await terminal.waitFor("❯ row 6");
  assertEquals((await terminal.screen()).split("? Row").length, 2);
  await terminal.press("Enter");
  await terminal.answer("Text");
  await assertAnswers(terminal, [6, ""]);
});

terminalTest("a narrow list shows the names, a wide one IDs too", async () => {
  for (const columns of [60, 100]) {
    await using terminal = await startTerminal({
      command: [Deno.execPath(), "run", "-A", "tests/wizard/ask.ts", "ids"],
      columns,
    });
    await terminal.waitFor("❯ Ada Lovelace");
    const shown = (await terminal.screen()).includes("01HSANDB0XC0NTACT");
    assertEquals(shown, columns === 100);
    await terminal.type("000000002");
    await terminal.waitFor("❯ Bo");
    await terminal.press("Enter");
    await assertAnswers(terminal, [2]);
  }
});

terminalTest("Ctrl-D at a question ends with 2", async () => {
  await using terminal = await asking("input");
  await terminal.waitFor("Text");
  await terminal.type("a");
  await terminal.press("C-a", "C-d", "C-d");
  assertEquals(await terminal.exitCode(), 2);
  assertStringIncludes(await terminal.screen(), "usage: The input ended");
});

Deno.test("a question asked of an input that has ended is a usage error", async () => {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "tests/wizard/ask.ts", "input"],
    stdin: "null",
  }).output();
  assertEquals(code, 2);
  assertEquals(new TextDecoder().decode(stdout), "");
  assertStringIncludes(
    new TextDecoder().decode(stderr),
    "usage: The input ended",
  );
});
