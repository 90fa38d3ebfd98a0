/**
 * Stand-ins for the systems' keychain tools. Each records the command lines it
 * was called with, which is where no secret may ever be seen.
 */
import { denoRuntime } from "../../runtime/deno.ts";
import type { Runtime } from "../../runtime/runtime.ts";

export interface FakeKeychain {
  run: Runtime["run"];
  /** Every command line so far, one to a line. */
  argv(): string;
  /** Secret by account. */
  entries(): Record<string, string>;
}

/**
 * A program named `secret-tool` in `folder`, as libsecret's behaves: the secret
 * on standard input, exit code 1 without a word for an entry that is not there.
 */
export function fakeSecretTool(folder: string): FakeKeychain {
  const store = `${folder}/keyring`;
  Deno.mkdirSync(store, { recursive: true });
  Deno.writeTextFileSync(`${folder}/argv`, "");
  Deno.writeTextFileSync(
    `${folder}/secret-tool`,
    `#!/bin/sh
echo "secret-tool $*" >> '${folder}/argv'
for account; do :; done
case "$1" in
  store) cat > '${store}'/"$account" ;;
  lookup) [ -f '${store}'/"$account" ] && cat '${store}'/"$account" ;;
  clear) rm '${store}'/"$account" 2>/dev/null ;;
esac
`,
    { mode: 0o755 },
  );
  const { run } = denoRuntime();
  return {
    run: (command, args, options) =>
      command === "secret-tool"
        ? run(`${folder}/secret-tool`, args, options)
        : Promise.resolve(undefined),
    argv: () => Deno.readTextFileSync(`${folder}/argv`),
    entries: () =>
      Object.fromEntries(
        [...Deno.readDirSync(store)].map(({ name }) => [
          name,
          Deno.readTextFileSync(`${store}/${name}`),
        ]),
      ),
  };
}

/** `security` of macOS: `-i` reads commands, reports success whatever happens. */
export function fakeSecurity(): FakeKeychain {
  const entries = new Map<string, string>();
  const calls: string[] = [];
  return {
    // deno-lint-ignore require-await -- a Runtime's `run` is asynchronous
    async run(command, args, { stdin = "" } = {}) {
      if (command !== "security") return undefined;
      calls.push([command, ...args].join(" "));
      const account = args.at(-1)!;
      if (args[0] === "-i") {
        const [, name, secret] =
          /^add-generic-password -U -s sinch-cli -a (\S+) -w (\S+)\n$/
            .exec(stdin) ?? [];
        if (name && secret) entries.set(name, secret);
        return done();
      }
      const secret = entries.get(account);
      if (secret === undefined) {
        return { code: 44, stdout: "", stderr: "security: … not be found" };
      }
      if (args[0] === "delete-generic-password") entries.delete(account);
      return done(args[0] === "find-generic-password" ? `${secret}\n` : "");
    },
    argv: () => calls.join("\n"),
    entries: () => Object.fromEntries(entries),
  };
}

/** PowerShell with the vault of Windows, by the vault's method in the script. */
export function fakePowershell(): FakeKeychain {
  const entries = new Map<string, string>();
  const calls: string[] = [];
  return {
    // deno-lint-ignore require-await -- a Runtime's `run` is asynchronous
    async run(command, args, { stdin = "" } = {}) {
      if (command !== "powershell.exe") return undefined;
      calls.push([command, ...args].join(" "));
      const script = args.at(-1)!;
      const account = /'sinch-cli', '([^']+)'/.exec(script)![1]!;
      if (script.includes("$vault.Add(")) {
        entries.set(account, stdin.trim());
        return done();
      }
      const secret = entries.get(account);
      if (secret === undefined) {
        return { code: 1, stdout: "", stderr: "0x80070490 Element not found." };
      }
      if (script.includes("$vault.Remove(")) entries.delete(account);
      return done(script.includes("RetrievePassword") ? secret : "");
    },
    argv: () => calls.join("\n"),
    entries: () => Object.fromEntries(entries),
  };
}

function done(stdout = "") {
  return { code: 0, stdout, stderr: "" };
}
