/** The choices of a message, numbered by their place. */

/** One thing that a person can tap. */
export interface Choice {
  title: string;
  /** The postback data; the title where the message has none. */
  data: string;
}

/** What can be tapped in a message, however deep it lies, in its order. */
export function choicesOf(content: unknown): Choice[] {
  if (Array.isArray(content)) return content.flatMap(choicesOf);
  if (typeof content !== "object" || content === null) return [];
  return Object.entries(content).flatMap(([name, value]) => {
    if (name === "choices") return value.map(choice);
    if (name === "items") return value.flatMap(listItem);
    return choicesOf(value);
  });
}

// The shapes were checked when the message was taken.
// deno-lint-ignore no-explicit-any
function choice(given: any): Choice {
  const { postback_data, ...kinds } = given;
  // deno-lint-ignore no-explicit-any
  const [kind] = Object.values<any>(kinds);
  const title = kind.text ?? kind.title;
  return { title, data: postback_data || title };
}

// deno-lint-ignore no-explicit-any
function listItem({ choice }: any): Choice[] {
  if (!choice) return [];
  const { title, postback_data } = choice;
  return [{ title, data: postback_data || title }];
}
