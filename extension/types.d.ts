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
  /** Day and time by the device's clock: `Tue 22:30`. */
  now?: string;
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
  /** False where the policy takes the site away. */
  watched?: boolean;
  /** The organization's own words for the statement; empty: Primum's. */
  attestText?: string;
  /** "Post anyway" needs the statement. */
  attestRequired?: boolean;
  /** Shortest reason, in characters. */
  reasonLength?: number;
  /** The organization's own question for a reason; empty: Primum's. */
  reasonPrompt?: string;
  /** The organization's sentence of the day. */
  reminder?: string;
  /** Whom to ask. */
  contact?: string;
  /** The organization's site profile for this site. */
  profile?: SiteProfile;
  /** The user switched the site off in the options. */
  off?: boolean;
  /** When a pause ends, in milliseconds since 1970. */
  until?: number;
  /** The user's key for the next finding: `Alt+Shift+P`. */
  shortcut?: string;
  /** Whether direct messages are checked. */
  messages?: boolean;
}

/** The end of the chain of records, and up to where it was deleted. */
interface Head {
  number: number;
  hash: string;
  deleted: number;
}

/** Whether the stored records are whole. */
interface ChainReport {
  records: number;
  first: number;
  head: { number: number; hash: string };
  faults: { line: number; what: string }[];
  wrong: number;
}

/** What records add up to. */
interface RecordSummary {
  records: number;
  changed: number;
  released: number;
  set_aside: number;
  stopped: number;
  kinds: { name: string; count: number }[];
  sites: { name: string; count: number }[];
  choices: { name: string; count: number }[];
  rules: { name: string; count: number; set_aside: number }[];
  weeks: { from: string; records: number; released: number }[];
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
  /** Plain Enter sends in every composer that is not within this. */
  enterSendsOutside?: string;
  /** Plain Enter is known to break the line in these composers. */
  enterBreaks?: string[];
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
  /** Added when the extension is bundled. */
  export function restart(): void;
  export function initSync(input: { module: BufferSource | WebAssembly.Module }): unknown;
  export class Core {
    constructor(policy?: object, locale?: string);
    assess(draft: Draft): Assessment;
    replaceAll(draft: Draft): { text: string; remaining: Finding[] };
    policyReport(): { inForce: object; dropped: { key: string; reason: string }[] };
    record(entry: object, head: Head, time: string): { number: number; hash: string; line: string };
    free(): void;
    /** Takes the object out of the garbage collector's care, without freeing it. */
    __destroy_into_raw(): number;
  }
  export function fingerprint(text: string): string;
  export function carries(body: string, fingerprint: string): boolean;
  export class Records {
    static summary(lines: string): RecordSummary;
    static verify(lines: string, noted: Head): ChainReport;
    static jsonLines(lines: string, exported: string): string;
    static csv(lines: string): string;
    static otlp(lines: string, reporter: { instance: string; organization: string }): string;
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
