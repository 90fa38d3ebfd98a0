/**
 * Start-up against an empty Deno script, in turn, so that noise hits both: of
 * the bundle, which is what an installed `sinch` runs, and of the sources, where
 * Deno first reads every module that a dynamic import could ask for. One send
 * with a cached token is measured against a script that makes the same request,
 * on the same server. `DENORT_BIN`, a copy of Deno's runtime, adds a table of
 * executables.
 */
import { TARGETS } from "../compile/release.ts";
import { bundle } from "../compile/bundle.ts";
import { compile } from "../compile/executable.ts";
import { createSandbox } from "../../sandbox/sandbox.ts";
import { denoDir } from "../deno_dir.ts";
import { median, peakMemory, timeProgram } from "./whole_process.ts";

const RUNS = 15;
const SOURCES = new URL("../../main.ts", import.meta.url).href;

interface Row {
  name: string;
  args: string[];
  /** What an executable may take, as a multiple of the script's time. */
  aim?: number;
  /** What a bundle may take. */
  bundleAim?: number;
}

const SEND = ["conversation", "send", "+15551234567", "Hello"];
const ROWS: Row[] = [
  { name: "--version", args: ["--version"], bundleAim: 2 },
  { name: "--help", args: ["--help"] },
  {
    name: "send --help",
    args: ["conversation", "send", "--help"],
    aim: 1.35,
    bundleAim: 3,
  },
  {
    name: "messages list --help",
    args: ["conversation", "messages", "list", "--help"],
  },
  { name: "send --sandbox", args: ["--sandbox", ...SEND, "--channel", "SMS"] },
];
const SEND_ROW: Row = {
  name: "send, token cached",
  args: [...SEND, "--channel", "SMS"],
  aim: 1.5,
};

/** Nothing but the request of one send, and its answer. */
const MINIMAL_SEND = `
const { SINCH_API_URL: url, SINCH_PROJECT_ID: project, SINCH_APP_ID: app_id,
  TOKEN: token } = Deno.env.toObject();
const identity = { channel: "SMS", identity: "+15551234567" };
const response = await fetch(url + "/v1/projects/" + project + "/messages:send", {
  method: "POST",
  headers: {
    authorization: "Bearer " + token,
    "content-type": "application/json",
  },
  body: JSON.stringify({
    app_id,
    recipient: { identified_by: { channel_identities: [identity] } },
    message: { text_message: { text: "Hello" } },
    channel_priority_order: ["SMS"],
  }),
});
const { message_id } = await response.json();
if (!message_id) throw new Error(String(response.status));
console.log(message_id);
`;

/** A program with the arguments before those of a row. */
type Program = [command: string, ...args: string[]];

/** The ways to run one thing: a script of Deno, or an executable. */
interface Lane {
  name: string;
  empty: Program;
  minimal: Program;
  sinch: Program;
  aim(row: Row): number | undefined;
}

export async function startUp(): Promise<void> {
  const folder = await Deno.makeTempDir();
  const sandbox = createSandbox({ store: ":memory:" });
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    sandbox.fetch,
  );
  const { projectId, keyId, keySecret, appId } = sandbox.account;
  const url = `http://127.0.0.1:${server.addr.port}`;
  const env = {
    HOME: folder,
    // Deno's own: the bundle's compiled code is in it.
    DENO_DIR: await denoDir(),
    SINCH_SANDBOX_STORE: ":memory:",
    SINCH_API_URL: url,
    SINCH_PROJECT_ID: projectId,
    SINCH_KEY_ID: keyId,
    SINCH_KEY_SECRET: keySecret,
    SINCH_APP_ID: appId,
    TOKEN: await token(url, keyId, keySecret),
  };
  try {
    for (const lane of await lanes(folder)) {
      console.log(`### ${lane.name}\n`);
      console.log("| command | script | sinch | | aim | peak memory |");
      console.log("| --- | ---: | ---: | ---: | ---: | ---: |");
      for (const row of [...ROWS, SEND_ROW]) {
        const floor = row === SEND_ROW ? lane.minimal : lane.empty;
        const program: Program = [...lane.sinch, ...row.args];
        const [base, times] = await timeInTurn([floor, program], env);
        const ratio = median(times!.map((ms, run) => ms / base![run]!));
        const aim = lane.aim(row);
        console.log(
          `| ${row.name} | ${ms(base!)} | ${ms(times!)} | ` +
            `${ratio.toFixed(2)} × | ${aim ? `≤ ${aim} ×` : ""} | ` +
            `${await peakMemory(program, env)} |`,
        );
      }
      console.log();
    }
  } finally {
    await server.shutdown();
    await sandbox.close();
    await Deno.remove(folder, { recursive: true });
  }
}

async function lanes(folder: string): Promise<Lane[]> {
  const [empty, minimal, sinch] = ["empty", "minimal", "sinch"]
    .map((name) => `${folder}/${name}.js`) as [string, string, string];
  await Deno.writeTextFile(empty, "");
  await Deno.writeTextFile(minimal, MINIMAL_SEND);
  await bundle(sinch, { commit: "bench", releasesUrl: "" });
  const deno = (script: string): Program => [
    ...[Deno.execPath(), "run", "-A", "--quiet"] as Program,
    script,
  ];
  const scripts = { empty: deno(empty), minimal: deno(minimal) };
  const bundled = {
    ...scripts,
    name: "bundle",
    sinch: deno(sinch),
    aim: (row: Row) => row.bundleAim,
  };
  const sources = {
    ...scripts,
    name: "sources",
    sinch: deno(SOURCES),
    aim: () => undefined,
  };
  if (!Deno.env.get("DENORT_BIN")) return [bundled, sources];
  return [
    {
      name: "executable",
      empty: await compiled(empty),
      minimal: await compiled(minimal),
      sinch: await compiled(sinch),
      aim: (row) => row.aim,
    },
    bundled,
    sources,
  ];
}

/** As a release is, with the runtime that `DENORT_BIN` names. */
async function compiled(script: string): Promise<Program> {
  const { os, arch } = Deno.build;
  const target = TARGETS.find(({ triple }) =>
    triple.startsWith(arch) && triple.includes(os)
  );
  if (!target) throw new Error(`no executable is made for ${os} ${arch}`);
  const file = script.replace(/\.js$/, os === "windows" ? ".exe" : "");
  await compile(target, script, file);
  return [file];
}

/** The times of each program, one run of each after the other. */
async function timeInTurn(
  programs: Program[],
  env: Record<string, string>,
): Promise<number[][]> {
  // The first run fills caches: of compiled code, and of the token.
  for (const program of programs) await timeProgram(program, env);
  const times: number[][] = programs.map(() => []);
  for (let run = 0; run < RUNS; run++) {
    for (const [at, program] of programs.entries()) {
      times[at]!.push(await timeProgram(program, env));
    }
  }
  return times;
}

async function token(
  url: string,
  keyId: string,
  keySecret: string,
): Promise<string> {
  const response = await fetch(`${url}/oauth2/token`, {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${keyId}:${keySecret}`)}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  return (await response.json()).access_token;
}

function ms(times: number[]): string {
  return `${median(times).toFixed(0)} ms`;
}
