import { makeCardRows } from '../boards/card-rows.node.ts';
import { leadType } from './lead-type.ts';

const noCase = (column: string) => `coalesce(d.${column}, '') COLLATE NOCASE`;

/** Leads as the API lists and shows them. */
export const leadRows = makeCardRows(leadType, {
  filters: { source: 'd.source = ?', form: 'd.form = ?', email: 'd.email = ? COLLATE NOCASE' },
  searched: ['d.name', 'd.company_name', 'd.email'],
  sorts: { name: noCase('name'), companyName: noCase('company_name'), source: noCase('source') },
  reply: (row) => {
    const { converted_company: company = null, converted_contact: contact = null, converted_deal: deal = null } = row;
    return {
      consent: typeof row['consent'] === 'string' ? JSON.parse(row['consent']) : {},
      converted: company === null && contact === null && deal === null ? null : { company, contact, deal },
    };
  },
});
