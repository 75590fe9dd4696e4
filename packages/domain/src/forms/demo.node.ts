import { applyPatch } from '@rapport/doc/patch';
import { broughtByDemo, demoAgent, type DemoPart } from '../demo/demo-part.node.ts';
import { formDoc } from './form.ts';
import { addItems, changeForm, newForm } from './ops.ts';

/** The sample's form on its inbox of leads. It takes no answers until somebody switches it on. */
export const formsDemo: DemoPart = {
  async add(ws, deps) {
    const board = ws.query
      .all<{ id: string }>(`SELECT id FROM boards WHERE kind = 'leads' ORDER BY id`)
      .find(({ id }) => ws.accessTo(id) === 'edit');
    if (board === undefined) return;
    const id = deps.newId();
    // Before there is anything to see.
    ws.placeIn(id, board.id);
    const env = { random: Math.random };
    const form = newForm({
      name: 'Ask for an offer',
      intro: 'Tell us what you need. We answer within one working day.',
      source: 'Website',
      by: ws.actor.memberId,
      at: deps.now(),
    });
    await ws.hub.create(formDoc(id), ws.author('import', demoAgent), (doc) => {
      applyPatch(doc, form);
      const fields = [
        { field: 'name', label: '', required: true },
        { field: 'companyName', label: '' },
        { field: 'email', label: '', required: true },
        { field: 'phone', label: '', help: 'If you would rather be called.' },
        { field: 'message', label: 'What do you need?' },
      ];
      applyPatch(
        doc,
        addItems(
          doc,
          'fields',
          fields.map((each) => ({ ...each, id: deps.newId() })),
          env,
        ),
      );
      const news = { purpose: 'newsletter', wording: 'I would like to hear of news by e-mail.' };
      applyPatch(doc, addItems(doc, 'consents', [{ ...news, id: deps.newId() }], env));
    });
  },
  async remove(ws, deps) {
    const brought = broughtByDemo(ws, 'forms');
    const deleted = changeForm({ deletedAt: deps.now() });
    for (const { doc } of brought) await ws.hub.transact(doc, ws.author(), (live) => void applyPatch(live, deleted));
    return brought.length;
  },
};
