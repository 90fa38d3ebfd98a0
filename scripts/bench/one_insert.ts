/**
 * The floor under `messages:send`: a bare server that reads a request's body
 * and does one SQLite insert, with the settings that the sandbox's store has.
 *
 * Argument: the database's path. Prints the port.
 */
import { DatabaseSync } from "node:sqlite";

const database = new DatabaseSync(Deno.args[0]!);
database.exec(`
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA wal_autocheckpoint = 2000;
  CREATE TABLE messages (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
`);
const insert = database.prepare("INSERT INTO messages (body) VALUES (?)");

Deno.serve({
  port: 0,
  hostname: "127.0.0.1",
  onListen: ({ port }) => console.log(port),
}, async (request) => {
  const { lastInsertRowid } = insert.run(await request.text());
  return Response.json({ message_id: String(lastInsertRowid) });
});
