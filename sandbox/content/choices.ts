/** The choices of a message, numbered by their place. */

/** One thing that a person can tap. */
export interface Choice {
  title: string;
  /** The postback data, or the documented default of it. */
  data: string;
}

/** What can be tapped in a message, however deep it lies, in its order. */
export function choicesOf(content: unknown, messageId: string): Choice[] {
  return tappable(content).map(({ title, data }) => ({
    title,
    data: data || `${messageId}_${title}`,
  }));
}

type Tappable = Pick<Choice, "title"> & Partial<Choice>;

function tappable(content: unknown): Tappable[] {
  if (Array.isArray(content)) return content.flatMap(tappable);
  if (typeof content !== "object" || content === null) return [];
  return Object.entries(content).flatMap(([name, value]) => {
    if (name === "choices") return value.map(choice);
    if (name === "items") return value.flatMap(listItem);
    return tappable(value);
  });
}

// The shapes were checked when the message was taken.
// deno-lint-ignore no-explicit-any
function choice(given: any): Tappable {
  const { postback_data, ...kinds } = given;
  // deno-lint-ignore no-explicit-any
  const [kind] = Object.values<any>(kinds);
  const title = kind.text ?? kind.title;
  return { title, data: postback_data };
}

// deno-lint-ignore no-explicit-any
function listItem({ choice }: any): Tappable[] {
  if (!choice) return [];
  const { title, postback_data } = choice;
  return [{ title, data: postback_data }];
}
