/** The sandbox for callers in this process: `fetch` without a port. */
import type { ServedAnswer, ServeOptions } from "../../runtime/runtime.ts";

export function fetchFrom(answer: ServeOptions["handler"]) {
  return async (request: Request): Promise<Response> => {
    const { method, url, headers } = request;
    return responseOf(
      await answer({
        method,
        url: new URL(url),
        header: (name) => headers.get(name) ?? undefined,
        body: await request.bytes(),
      }),
    );
  };
}

function responseOf(
  { status, headers, body, breaksOff }: ServedAnswer,
): Response {
  if (!breaksOff) return new Response(body, { status, headers });
  const length = String(body.length + 1);
  return new Response(new Blob([body]).stream(), {
    status,
    headers: { ...headers, "content-length": length },
  });
}
