import { z } from '../protocol/schema.ts';
import { CallShown } from './call-shown.ts';
import { ComparesShown } from './compare-shown.ts';
import { FilesShown } from './files-shown.ts';
import type { Shown as ShownActivities } from './index.ts';
import { RecordingShown } from './recording-shown.ts';
import { ScreenShown } from './screen-shown.ts';
import { TakeoverShown } from './takeover-shown.ts';

/** What views are shown of the activities, as it crosses to them: without the rules, which views do not load. */
export const Shown = z.object({
  compare: ComparesShown,
  screen: ScreenShown,
  call: CallShown,
  files: FilesShown,
  recording: RecordingShown,
  takeover: TakeoverShown,
}) satisfies z.ZodMiniType<ShownActivities>;
