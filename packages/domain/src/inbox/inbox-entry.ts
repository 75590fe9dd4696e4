import * as v from 'valibot';

export const inboxReasons = ['mention', 'reply', 'comment'] as const;
export type InboxReason = (typeof inboxReasons)[number];
const entryStates = ['unread', 'read', 'snoozed', 'done'] as const;

/** Something that a colleague said to this person. */
export const inboxEntry = v.object({
  id: v.string(),
  reason: v.pipe(
    v.picklist(inboxReasons),
    v.description('`mention`: of you; `reply`: in a thread that you wrote in; `comment`: on a note that you made'),
  ),
  note: v.string(),
  title: v.string(),
  comment: v.pipe(v.nullable(v.string()), v.description('The comment; null: it stands in the text of the note')),
  quote: v.pipe(v.string(), v.description('What was commented on')),
  text: v.pipe(v.string(), v.description('What was said; mentions stand in it as @{member/<id>}')),
  by: v.string(),
  at: v.number(),
  state: v.picklist(entryStates),
  until: v.pipe(v.nullable(v.number()), v.description('Put off until then, epoch ms')),
});
export type InboxEntry = v.InferOutput<typeof inboxEntry>;
