/** The one project of a sandbox and its access key: fixed and public. */
export interface SandboxAccount {
  projectId: string;
  keyId: string;
  keySecret: string;
  /** The seeded app: CONVERSATION mode, every channel. */
  appId: string;
}

export const ACCOUNT: SandboxAccount = {
  projectId: "sandbox-project",
  keyId: "sandbox-key",
  keySecret: "sandbox-secret",
  appId: "01SANDB0XAPP00000000000001",
};
