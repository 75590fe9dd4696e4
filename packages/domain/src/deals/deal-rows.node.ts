import { makeCardRows, type CardRow } from '../boards/card-rows.node.ts';
import { sameRecordSql } from '../records/survivor-sql.ts';
import { referenceNameSql } from '../records/reference-name.ts';
import { dealType } from './deal-type.ts';

export type DealRow = CardRow;

const companyName = referenceNameSql('d.company', 'company');

/** Deals as the API lists and shows them. */
export const dealRows = makeCardRows(dealType, {
  columns: { company_name: companyName, contact_name: referenceNameSql('d.contact', 'contact') },
  filters: {
    company: `(d.company IN ${sameRecordSql} OR ${companyName} = ?)`,
    linked: `d.id IN (SELECT from_id FROM record_links WHERE to_id IN ${sameRecordSql})`,
  },
  searched: [companyName],
  sorts: {
    company: `coalesce(${companyName}, '') COLLATE NOCASE`,
    expectedClose: `coalesce(d.expected_close, '')`,
  },
  reply: (row) => ({ companyName: row['company_name'] ?? null, contactName: row['contact_name'] ?? null }),
});
export const { select: dealSelect, from: dealFrom, reply: dealReply } = dealRows;
