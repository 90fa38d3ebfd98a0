/** What a wizard needs, in a test: scripted answers and a sandbox over HTTP. */
import { type ApiRequest, urlOf } from "../../api/http/request.ts";
import type { WizardContext } from "../../wizard/pick.ts";
import type { SandboxServer } from "../sandbox_server.ts";
import {
  type Answers,
  type ScriptedPrompter,
  scriptedPrompter,
} from "./scripted_prompter.ts";

export function wizardContext(
  api: SandboxServer,
  answers: Answers,
): WizardContext & { prompter: ScriptedPrompter } {
  const { SINCH_API_URL: origin = "" } = api.env;
  const { projectId, keyId, keySecret } = api.sandbox.account;
  return {
    prompter: scriptedPrompter(answers),
    async read<T>(request: ApiRequest<T>): Promise<T> {
      const urls = { conversation: origin, template: origin };
      const response = await fetch(urlOf(request, { urls, projectId }), {
        method: request.method,
        headers: { authorization: `Basic ${btoa(`${keyId}:${keySecret}`)}` },
      });
      if (!response.ok) throw new Error(await response.text());
      const answer = await response.json();
      return request.answerAs ? request.answerAs(answer) : answer;
    },
  };
}
