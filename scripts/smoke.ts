/**
 * Whether a built program works at all: it starts, sends through the sandbox,
 * refuses wrong use. `deno run -A scripts/smoke.ts dist/sinch-linux-x64` in the
 * release, on each system; the tests call it for the bundle.
 */
import { VERSION } from "./compile/release.ts";

export interface ProgramRun {
  code: number;
  stdout: string;
  stderr: string;
}

/** @throws with what went wrong */
export async function smokeTest(
  run: (args: string[]) => Promise<ProgramRun>,
): Promise<void> {
  const shown = await run(["--version"]);
  if (shown.stdout.trim().split(" ")[0] !== VERSION || shown.stderr !== "") {
    throw new Error(`--version: ${shown.stdout}${shown.stderr}`);
  }
  const send = ["conversation", "send", "+15551234567", "Hello", "--json"];
  const sent = await run(["--sandbox", ...send, "--channel", "SMS"]);
  if (sent.code !== 0 || !/^\w{26}$/.test(JSON.parse(sent.stdout).message_id)) {
    throw new Error(`send: ${sent.stdout}${sent.stderr}`);
  }
  const refused = await run(["--sandbox", ...send, "--nonsense"]);
  if (refused.code !== 2 || refused.stdout !== "") {
    throw new Error(`wrong use: ${refused.code} ${refused.stdout}`);
  }
}

if (import.meta.main) {
  const [program, ...before] = Deno.args;
  const decoder = new TextDecoder();
  await smokeTest(async (args) => {
    const { code, stdout, stderr } = await new Deno.Command(program!, {
      args: [...before, ...args],
      env: { SINCH_SANDBOX_STORE: ":memory:", NO_COLOR: "1" },
    }).output();
    return {
      code,
      stdout: decoder.decode(stdout),
      stderr: decoder.decode(stderr),
    };
  });
  console.log(`${program}: works`);
}
