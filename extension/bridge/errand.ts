import { z } from '../../shared/protocol/schema.ts';
import { Command } from '../../shared/session/view.ts';

/**
 * What the popup asks of the background, which lives on when the popup closes: to open the dashboard if need be, to pass
 * a command on, and then to put the bar into `tab`.
 */
export const Errand = z.object({ type: z.literal('errand'), command: Command, tab: z.optional(z.int()) });
export type Errand = z.infer<typeof Errand>;
