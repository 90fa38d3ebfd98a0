/**
 * Who may import whom, as CONTRIBUTING.md draws it. A missing arrow is a
 * question worth asking before it is added here.
 */
const ROOT = new URL("../", import.meta.url);

/** A folder (or top-level file), and what its modules may import besides itself. */
const ALLOWED: Record<string, readonly string[]> = {
  "main.ts": ["commands", "runtime"],
  commands: [
    "wizard",
    "bulk",
    "channels",
    "options",
    "api",
    "config",
    "output",
    "errors.ts",
    "json.ts",
    "runtime",
    "deno.json",
  ],
  "commands/sandbox": [
    "commands",
    "options",
    "sandbox",
    "channels",
    "api",
    "config",
    "output",
    "errors.ts",
    "json.ts",
    "runtime",
  ],
  wizard: ["options", "api", "output", "errors.ts", "json.ts", "runtime"],
  bulk: [
    "options",
    "api",
    "channels",
    "live",
    "output",
    "errors.ts",
    "json.ts",
    "runtime",
  ],
  options: ["channels", "api", "errors.ts", "json.ts", "runtime"],
  api: ["errors.ts", "json.ts", "runtime"],
  config: ["errors.ts", "runtime"],
  output: ["errors.ts", "json.ts", "runtime"],
  channels: [],
  sandbox: ["runtime", "channels"],
  "sandbox/contract": ["runtime", "json.ts"],
  "sandbox/store": ["sandbox/contract"],
  "sandbox/rules": ["channels", "sandbox/contract", "sandbox/store"],
  "sandbox/callbacks": ["sandbox/contract", "sandbox/store", "sandbox/rules"],
  "sandbox/people": ["sandbox/contract", "sandbox/store", "sandbox/callbacks"],
  "sandbox/content": [
    "json.ts",
    "channels",
    "sandbox/contract",
    "sandbox/store",
  ],
  "sandbox/messages": [
    "channels",
    "sandbox/contract",
    "sandbox/store",
    "sandbox/rules",
    "sandbox/callbacks",
    "sandbox/people",
    "sandbox/content",
  ],
  "sandbox/delivery": [
    "channels",
    "sandbox/contract",
    "sandbox/store",
    "sandbox/rules",
    "sandbox/callbacks",
    "sandbox/people",
    "sandbox/content",
    "sandbox/messages",
  ],
  "sandbox/http": [
    "runtime",
    "sandbox/contract",
    "sandbox/store",
    "sandbox/rules",
    "sandbox/people",
  ],
  "sandbox/routes": [
    "channels",
    "sandbox/contract",
    "sandbox/store",
    "sandbox/rules",
    "sandbox/callbacks",
    "sandbox/people",
    "sandbox/content",
    "sandbox/messages",
    "sandbox/delivery",
    "sandbox/http",
  ],
  runtime: [],
  "errors.ts": [],
  "json.ts": [],
};

/** Single files with a rule of their own. */
const EXCEPTIONS: Record<string, readonly string[]> = {
  // The connection opens the sandbox for --sandbox.
  "commands/connection.ts": ["sandbox"],
  // --check refuses what the sandbox's API refuses.
  "commands/conversation/check_send.ts": ["sandbox"],
};

/** The one file that may import a package, where there is only one. */
const ONLY_IMPORTER: Record<string, string> = {
  "@cliffy/prompt": "wizard/prompter.ts",
  "runtime/deno.ts": "main.ts",
};

/** Globals that reach around the runtime, and types that say nothing. */
const ONLY_HERE: { word: RegExp; below?: string; only: string[] }[] = [
  {
    // Options keep their types; only the tree of commands forgets them.
    word: /(?:[:<=|&,(]|\bas)\s*any\b\s*[>,;)=[\]|&{]/,
    below: "commands/",
    only: ["commands/tree.ts"],
  },
  { word: /\bDeno\./, only: ["runtime/deno.ts"] },
  // The second silences a package that prints.
  {
    word: /\bconsole\./,
    only: ["runtime/deno.ts", "config/environment.ts"],
  },
];

const IMPORT = /(?:\bfrom|\bimport\(|\bimport)\s*\(?"([^"]+)"/g;

/** Every broken rule, as a sentence; empty when all hold. */
export async function brokenImportRules(): Promise<string[]> {
  const broken: string[] = [];
  const imports = new Map<string, string[]>();
  for (const file of await sourceFiles()) {
    const source = await Deno.readTextFile(new URL(file, ROOT));
    const found = [...source.matchAll(IMPORT)];
    const specifiers = found.map(([, one]) => one!);
    // What is loaded only when it is needed closes no circle.
    const loadedFirst = found.filter(([text]) => !text.startsWith("import("));
    imports.set(file, loadedFirst.map(([, one]) => targetOf(file, one!)));
    for (const specifier of specifiers) {
      const problem = check(file, specifier);
      if (problem) broken.push(problem);
    }
    for (const { word, below = "", only } of ONLY_HERE) {
      const applies = file.startsWith(below) && !only.includes(file);
      if (applies && word.test(withoutComments(source))) {
        broken.push(`${file} has ${word}: only ${only.join(" and ")} may`);
      }
    }
  }
  return [...broken, ...circles(imports)];
}

/** The path of an own module, seen from the root; a package stays as it is. */
function targetOf(file: string, specifier: string): string {
  return specifier.startsWith(".")
    ? new URL(specifier, new URL(file, ROOT)).href.slice(ROOT.href.length)
    : specifier;
}

/** No module may import itself by way of others; types count too. */
function circles(imports: Map<string, string[]>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: string[]) => {
    const start = path.indexOf(file);
    if (start >= 0) {
      found.push(`${[...path.slice(start), file].join(" → ")}: a circle`);
    }
    if (start >= 0 || done.has(file)) return;
    for (const target of imports.get(file) ?? []) {
      visit(target, [...path, file]);
    }
    done.add(file);
  };
  for (const file of imports.keys()) {
    visit(file, []);
  }
  return found;
}

function check(file: string, specifier: string): string | undefined {
  const target = targetOf(file, specifier);
  const only = ONLY_IMPORTER[target];
  if (only) {
    return only === file
      ? undefined
      : `${file} imports ${target}: only ${only} may`;
  }
  if (!specifier.startsWith(".")) return undefined;
  const from = roomOf(file);
  const to = roomOf(target);
  const allowed = [from, ...ALLOWED[from] ?? [], ...EXCEPTIONS[file] ?? []];
  // `commands/sandbox` is a room of its own for what it imports, not for who
  // imports it: it is one group of commands among others.
  const fits = allowed.some((room) => to === room || to.startsWith(`${room}/`));
  return fits ? undefined : `${file} imports ${target}: ${from} may not`;
}

function roomOf(path: string): string {
  const [first, second] = path.split("/");
  const room = `${first}/${second}`;
  return room in ALLOWED ? room : first!;
}

async function sourceFiles(): Promise<string[]> {
  const files: string[] = [];
  const visit = async (path: string) => {
    for await (
      const { name, isDirectory } of Deno.readDir(new URL(path, ROOT))
    ) {
      if (isDirectory) await visit(`${path}${name}/`);
      else if (name.endsWith(".ts")) files.push(`${path}${name}`);
    }
  };
  for (const room of Object.keys(ALLOWED)) {
    if (room.endsWith(".ts")) files.push(room);
    else if (!room.includes("/")) await visit(`${room}/`);
  }
  return files.sort();
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
}
