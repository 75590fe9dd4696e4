const agents = Array.from({ length: 30 }, (_, i) => `Agent ${String.fromCharCode(65 + (i % 26))}${i} Example`);
const accounts = Array.from({ length: 85 }, (_, i) => `Account ${i} Ltd`);
const products = ['GTX Plus Basic', 'GTX Pro', 'MG Special', 'MG Advanced', 'GTX Basic', 'GTX Plus Pro', 'GTK 500'];
const header = 'opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value';
const dayMs = 86_400_000;

/** A file of the shape and the mix of stages of the Maven CRM sample: mostly closed deals, some open, few new. */
export function mavenLikeCsv(rows: number): string {
  const lines = [header];
  for (let i = 0; i < rows; i++) {
    const share = (i * 7919) % 100;
    const stage = share < 48 ? 'Won' : share < 76 ? 'Lost' : share < 94 ? 'Engaging' : 'Prospecting';
    const engaged = Date.UTC(2016, 9, 20) + ((i * 31) % 430) * dayMs;
    const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
    const isClosed = stage === 'Won' || stage === 'Lost';
    lines.push(
      [
        i.toString(36).toUpperCase().padStart(8, 'X'),
        agents[i % agents.length],
        products[(i * 3) % products.length],
        isClosed || i % 3 === 0 ? accounts[(i * 13) % accounts.length] : '',
        stage,
        stage === 'Prospecting' ? '' : day(engaged),
        isClosed ? day(engaged + (1 + ((i * 17) % 120)) * dayMs) : '',
        stage === 'Won' ? String(50 + ((i * 97) % 5500)) : stage === 'Lost' ? '0' : '',
      ].join(','),
    );
  }
  return `${lines.join('\n')}\n`;
}
