// What the page keeps on the device: localStorage, and memory where the browser allows no storage or the computer is
// shared.

/** Strings by name. Never throws; `durable` says whether they would outlive the page. */
export class Keep {
  private readonly memory = new Map<string, string>();
  private readonly storage: Storage | null;

  constructor(public durable = true) {
    this.storage = durable ? this.open() : null;
  }

  private open(): Storage | null {
    try {
      return localStorage;
    } catch {
      this.durable = false;
      return null;
    }
  }

  get(name: string): string | null {
    const here = this.memory.get(name);
    if (here !== undefined) return here;
    try {
      return this.storage?.getItem(name) ?? null;
    } catch {
      this.durable = false;
      return null;
    }
  }

  set(name: string, value: string): void {
    try {
      if (!this.storage) throw new Error("nothing may stay here");
      this.storage.setItem(name, value);
      this.memory.delete(name);
    } catch {
      // Storage is forbidden, or full: the words live on this page only, and the page says so.
      this.durable = false;
      this.memory.set(name, value);
    }
  }

  remove(name: string): void {
    this.memory.delete(name);
    try {
      this.storage?.removeItem(name);
    } catch {
      this.durable = false;
    }
  }

  names(prefix: string): string[] {
    const found = new Set([...this.memory.keys()].filter((name) => name.startsWith(prefix)));
    try {
      for (let i = 0; i < (this.storage?.length ?? 0); i++) {
        const name = this.storage?.key(i);
        if (name?.startsWith(prefix)) found.add(name);
      }
    } catch {
      this.durable = false;
    }
    return [...found];
  }

  /** The value as JSON, or null where there is none or it cannot be read. */
  read<T>(name: string): T | null {
    try {
      return JSON.parse(this.get(name) ?? "null") as T | null;
    } catch {
      return null;
    }
  }
}
