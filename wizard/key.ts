/** Keys as Cliffy names them, and what they mean at a question. */

/** A key, as far as it is of interest here. */
export interface Key {
  name?: string;
  char?: string;
  sequence?: string;
  ctrl?: boolean;
  meta?: boolean;
  shift?: boolean;
}

/** Esc and Ctrl-B go back to the question before. */
export function goesBack({ name, ctrl, meta }: Key): boolean {
  return name === "escape" && !meta || name === "b" && ctrl === true;
}

export function isCtrlD({ name, ctrl }: Key): boolean {
  return name === "d" && ctrl === true;
}
