// What the page keeps on the device: localStorage, and memory where the browser allows no storage.

/** Strings by name. Never throws; `durable` says whether they would outlive the page. */
export class Keep {
  durable = true;
  private readonly memory = new Map<string, string>();

  get(name: string): string | null {
    const here = this.memory.get(name);
    if (here !== undefined) return here;
    try {
      return localStorage.getItem(name);
    } catch {
      this.durable = false;
      return null;
    }
  }

  set(name: string, value: string): void {
    try {
      localStorage.setItem(name, value);
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
      localStorage.removeItem(name);
    } catch {
      this.durable = false;
    }
  }

  names(prefix: string): string[] {
    const found = new Set([...this.memory.keys()].filter((name) => name.startsWith(prefix)));
    try {
      for (let i = 0; i < localStorage.length; i++) {
        const name = localStorage.key(i);
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
