/** `auth login` as a person meets it: the real program in a real terminal. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { startTerminal, terminalTest } from "../../terminal.ts";
import { startMachine } from "../account.ts";

terminalTest(
  "login in a terminal: four answers, the secret typed unseen",
  async () => {
    await using machine = await startMachine();
    const { projectId, keyId, keySecret } = machine.credentials;
    await using terminal = await startTerminal({
      command: [
        ...[Deno.execPath(), "run", "-A", "main.ts"],
        ...["auth", "login", "--store", "file"],
      ],
      env: { HOME: machine.home, SINCH_API_URL: machine.url },
    });
    await terminal.answer("Project ID", projectId);
    await terminal.answer("Key ID", keyId);
    await terminal.answer("Key secret", keySecret);
    await terminal.answer("Region of your apps", "");
    assertEquals(await terminal.exitCode(), 0);
    const screen = await terminal.screen();
    assertStringIncludes(screen, "Authentication successful");
    assert(!screen.includes(keySecret), screen);
    assertEquals(
      JSON.parse(await machine.read(".config/sinch/credentials.json")),
      {
        default: keySecret,
      },
    );
  },
);
