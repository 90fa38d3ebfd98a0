/**
 * How the commands of messages, contacts and conversations meet an API that
 * says no, in a terminal, in a pipe and as JSON. (`managing_test.ts` does the
 * same for apps, webhooks and templates.)
 */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { calls, failing, SandboxedCli } from "../../sandboxed_cli.ts";

const ADA = "01HSANDB0XC0NTACT000000001";

const FORMS: Record<string, { flags: string[]; terminal: boolean }> = {
  terminal: { flags: [], terminal: true },
  pipe: { flags: [], terminal: false },
  JSON: { flags: ["--json"], terminal: false },
};

/** What stands for ids that only the test's own sandbox knows. */
interface Ids {
  message: string;
  conversation: string;
}

const READS: ((ids: Ids) => string[])[] = [
  () => ["messages", "list"],
  ({ message }) => ["messages", "get", message],
  () => ["contacts"],
  () => ["contacts", "list"],
  () => ["contacts", "get", ADA],
  () => ["conversations"],
  () => ["conversations", "list"],
  ({ conversation }) => ["conversations", "get", conversation],
];

const CHANGES: ((ids: Ids) => string[])[] = [
  ({ message }) => ["messages", "update", message, "--metadata", '{"a":1}'],
  ({ message }) => ["messages", "delete", message, "--force"],
  () => ["contacts", "create", "--phone", "+15557654321"],
  () => ["contacts", "update", ADA, "--name", "Ada"],
  () => ["contacts", "delete", ADA, "--force"],
  () => ["contacts", "merge", "01HSANDB0XC0NTACT000000002", ADA, "--force"],
  ({ conversation }) => ["conversations", "stop", conversation],
];

/** A sandbox that has a message, and so a conversation. */
async function populated() {
  const cli = new SandboxedCli();
  const message = await cli.sendText("Hello");
  const { conversation_id } = await cli.ask("GET", `messages/${message}`);
  return { cli, ids: { message, conversation: conversation_id } };
}

for (const command of [...READS, ...CHANGES]) {
  const isRead = READS.includes(command);
  const name = command({ message: "X", conversation: "X" }).slice(0, 2)
    .join(" ");
  Deno.test(`${name} meets an API that says no, in three forms`, async (t) => {
    for (const [form, { flags, terminal }] of Object.entries(FORMS)) {
      const run = async (answers: (Response | undefined)[]) => {
        const { cli, ids } = await populated();
        await using _ = cli;
        cli.answers = answers;
        const args = ["conversation", ...command(ids), ...flags];
        return await cli.run(args, { terminal });
      };
      const wordOf = (stderr: string) =>
        flags.length > 0 ? JSON.parse(stderr).error.code : stderr;

      await t.step(`${form}: 404 exits 4`, async () => {
        const { code, stdout, stderr } = await run([failing(404, "NOT_FOUND")]);
        assertEquals([code, stdout], [4, ""]);
        assertStringIncludes(wordOf(stderr), "NOT_FOUND");
      });
      await t.step(`${form}: 401 exits 3, after one new token`, async () => {
        const refusal = () => failing(401, "UNAUTHENTICATED");
        const refused = await run([refusal(), refusal()]);
        assertEquals([refused.code, refused.stdout], [3, ""]);
        assertStringIncludes(wordOf(refused.stderr), "UNAUTHENTICATED");
        assertEquals(calls(refused).length, 2);
      });
      await t.step(`${form}: a 500`, async () => {
        const failed = await run([failing(500, "INTERNAL")]);
        if (isRead) {
          assertEquals(failed.code, 0, failed.stderr);
          assertEquals(calls(failed).length, 2);
        } else {
          assertEquals([failed.code, failed.stdout], [5, ""]);
          assertStringIncludes(failed.stderr, "It is not known whether");
          assertEquals(calls(failed).length, 1);
        }
      });
    }
  });
}
