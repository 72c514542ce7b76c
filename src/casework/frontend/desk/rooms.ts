// What the server says of the trainer's rooms, to whoever has the trainer's cookie. A notebook knows none of it.

/** An address by which phones can reach a room; a computer may have several. */
export interface WayIn {
  address: string;
  /** As one writes it on a board, with the code and without. */
  written: string;
  short: string;
  /** The QR code, drawn by the server. */
  qr: string;
}

/** A room that this trainer leads, or led. */
export interface Listed {
  id: string;
  workbook: string;
  convener: string;
  floor: number;
  /** ISO. */
  openedAt: string;
  people: number;
  closed: boolean;
  /** The room that it goes on from, next month for example. */
  continues: string | null;
}

export interface RoomInfo extends Listed {
  code: string | null;
  joins: WayIn[];
  socket: string;
  screen: string | null;
  /** With which another computer leads this room. */
  link: string;
  keepDays: number | null;
  /** Why it cannot be led. */
  trouble?: string;
}

export interface DeskInfo {
  xsrf: string;
  mayOpen: boolean;
  floor: number;
  lowestFloor: number;
  rooms: Listed[];
  room: RoomInfo | null;
}

/** Asks what there is to lead, again and again while the network is bad; null where this browser may lead nothing. */
export async function askDesk(base: string, room: string | null): Promise<DeskInfo | null> {
  for (let attempt = 0; ; attempt++) {
    try {
      const answer = await fetch(`${base}group/desk?room=${encodeURIComponent(room ?? "")}`);
      if (answer.ok) return (await answer.json()) as DeskInfo;
      if (answer.status < 500) return null;
    } catch {
      // tried again below
    }
    await new Promise((after) => setTimeout(after, Math.min(8_000, 500 * 2 ** attempt)));
  }
}
