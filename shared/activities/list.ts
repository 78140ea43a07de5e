import { call } from './call.ts';
import { chat } from './chat.ts';
import { compare } from './compare.ts';
import { files } from './files.ts';
import { notebook } from './notebook.ts';
import { recording } from './recording.ts';
import { screen } from './screen.ts';
import { takeover } from './takeover.ts';

/** All activities: what is not in this list does not exist. */
export const ACTIVITIES = [chat, compare, screen, call, files, recording, takeover, notebook] as const;
