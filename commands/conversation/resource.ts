/** Show and delete one thing: an app, a contact, a message … */
import type { ApiRequest } from "../../api/http/request.ts";
import { Failure } from "../../errors.ts";
import type { View } from "../../output/view.ts";
import type { WizardContext } from "../../wizard/pick.ts";
import { confirmLoss } from "../confirm.ts";
import type { Context } from "../context.ts";
import { deleted } from "../deleted.ts";
import { idOrPick } from "../pick_id.ts";

/** What the commands of one resource differ in. */
export interface Resource<Thing> {
  /** As texts call it: `contact`. */
  noun: string;
  get(id: string): ApiRequest<Thing>;
  view(context: Context, thing: Thing): View | Promise<View>;
  /** Asks a person which one. */
  pick(context: Context, wizard: WizardContext): Promise<{ id: string }>;
  delete?(id: string): ApiRequest<unknown>;
  /** What deleting it destroys: one or two sentences. */
  consequence?: string;
  /** How the confirmation names it; its ID alone without this. */
  name?(thing: Thing): string;
  /** Where else to look for one that is not found. */
  notFoundHint?: string;
}

/** Shows the one with this ID, or the one that a person picks. */
export async function showOne<Thing>(
  context: Context,
  resource: Resource<Thing>,
  given: string | undefined,
): Promise<View> {
  const id = await idOf(context, resource, given);
  const thing = await hinted(resource, () => context.read(resource.get(id)));
  return await resource.view(context, thing);
}

/** Deletes the one with this ID, or the one that a person picks, and asks first. */
export async function deleteOne<Thing>(
  context: Context,
  resource: Resource<Thing>,
  given: string | undefined,
  force: boolean | undefined,
): Promise<View> {
  const id = await idOf(context, resource, given);
  const { noun, name } = resource;
  // Nothing to confirm where there is no such thing; --force has decided already.
  const { nonInteractive, dryRun } = context.flags;
  const asks = !force && !nonInteractive && !dryRun;
  const thing = asks
    ? await hinted(resource, () => context.read(resource.get(id)))
    : undefined;
  const shown = thing && name ? name(thing) : id;
  await confirmLoss(context, force, {
    action: `Delete ${noun} ${shown}`,
    consequence: resource.consequence,
  });
  const title = noun[0]!.toUpperCase() + noun.slice(1);
  return await hinted(
    resource,
    () => context.change(resource.delete!(id), () => deleted(title, id)),
  );
}

/** The ID given, or that of what a person picks. */
export function idOf<Thing>(
  context: Context,
  { pick }: Resource<Thing>,
  given: string | undefined,
): Promise<string> {
  return idOrPick(context, given, (wizard) => pick(context, wizard));
}

async function hinted<Thing, T>(
  { notFoundHint }: Resource<Thing>,
  step: () => Promise<T>,
): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw notFoundHint && error instanceof Failure && error.kind === "not_found"
      ? error.withHint(notFoundHint)
      : error;
  }
}
