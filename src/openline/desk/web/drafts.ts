// What somebody is typing: kept in the tab, so that a reload, a lost post or a session that has ended loses nothing.

const PREFIX = "draft ";

export class Drafts {
  constructor(private readonly changed: () => void) {}

  get(name: string, otherwise = ""): string {
    return sessionStorage.getItem(PREFIX + name) ?? otherwise;
  }

  set(name: string, text: string): void {
    sessionStorage.setItem(PREFIX + name, text);
    this.changed();
  }

  drop(name: string): void {
    sessionStorage.removeItem(PREFIX + name);
    this.changed();
  }

  dropUnder(prefix: string): void {
    for (const name of Object.keys(sessionStorage)) {
      if (name.startsWith(`${PREFIX}${prefix} `)) sessionStorage.removeItem(name);
    }
    this.changed();
  }

  dropAll(): void {
    for (const name of Object.keys(sessionStorage)) if (name.startsWith(PREFIX)) sessionStorage.removeItem(name);
  }
}
