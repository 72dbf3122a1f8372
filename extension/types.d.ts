// Types that the extension shares. They describe the core's answer (docs: design, command line).

/** One finding of the core: a range of the draft in UTF-16 code units, and what to say of it. */
interface Finding {
  category: string;
  kind: string;
  rule: string;
  level: 'notice' | 'warn';
  action: 'notice' | 'warn' | 'justify' | 'block';
  start: number;
  end: number;
  quote: string;
  message: string;
  advice: string;
  replacement?: string;
  claim?: string;
  stance?: string;
  evidence?: string;
  group_size?: { low: number; high: number; text: string };
  facts?: { kind: string; quote: string; start: number; end: number; size: string; coarser?: { text: string; size: string } }[];
  references: { title: string; url?: string }[];
}

/** The core's answer on a draft. */
interface Assessment {
  decision: 'allow' | 'notice' | 'warn' | 'justify' | 'block';
  findings: Finding[];
  claims: { claim: string; stance: string }[];
}

/** What the core is asked. */
interface Draft {
  text: string;
  site?: string;
  setting?: string;
  context?: string;
}

/** What a tab may know of the policy. */
interface Ways {
  paused: boolean;
  mayPause: boolean;
  mayIgnore: boolean;
  mayAllow: boolean;
  attest: boolean;
  organization: string;
  policyLink: string;
}

/** A site profile (extension/sites): data that adds precision to the generic way. */
interface SiteProfile {
  hosts: string[];
  /** Selectors of controls that send. */
  send?: string[];
  /** Selector of what holds all editors of one send (a thread). */
  group?: string;
  /** Plain Enter sends in these composers. */
  enterSends?: string[];
  /** Fields that are no composers: search boxes, decoys. */
  not?: string[];
  /** Single-line fields that are part of a post: titles, content warnings. */
  fields?: string[];
  settings?: { setting: string; within: string }[];
  /** Selector, from the composer's ancestors, of the text that is being answered. */
  context?: string;
  /** Direct messages: checked only when the option is on. */
  messages?: string;
}

declare module '*/core/primum.js' {
  export default function init(input?: unknown): Promise<unknown>;
  export function initSync(input: { module: BufferSource | WebAssembly.Module }): unknown;
  export class Core {
    constructor(policy?: object, locale?: string);
    assess(draft: Draft): Assessment;
    replaceAll(draft: Draft): { text: string; remaining: Finding[] };
    policyReport(): { inForce: object; dropped: { key: string; reason: string }[] };
    free(): void;
  }
}
declare module '*/core/bytes.js' {
  /** The core's WebAssembly module, base64. */
  const bytes: string;
  export default bytes;
}

declare module '*.css' {
  const text: string;
  export default text;
}
