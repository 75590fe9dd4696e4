/** A customer of the sample data: clearly fictional, with addresses that reach nobody. */
export interface DemoCustomer {
  readonly name: string;
  readonly industry: string;
  readonly city: string;
  readonly country: string;
  /** Below the reserved top-level domain `.example` (RFC 2606). */
  readonly domain: string;
  readonly employees: number;
  /** Name of the customer that it is a part of. */
  readonly parent?: string;
}

const uk = 'United Kingdom';
const line = (
  name: string,
  industry: string,
  city: string,
  country: string,
  domain: string,
  employees: number,
  parent?: string,
): DemoCustomer => ({
  name,
  industry,
  city,
  country,
  domain: `${domain}.example`,
  employees,
  ...(parent === undefined ? {} : { parent }),
});

/** Whom the sample's maker of cold-chain sensors sells to. A parent stands before its parts. */
export const demoCustomers: readonly DemoCustomer[] = [
  line('Tarn Valley Creamery', 'Food', 'Kendal', uk, 'tarnvalley', 84),
  line('Hollin & Sons Seafood', 'Food', 'Grimsby', uk, 'hollinseafood', 310),
  line('Quayside Larder', 'Retail', 'Newcastle', uk, 'quaysidelarder', 46, 'Hollin & Sons Seafood'),
  line('Tern Point Fisheries', 'Food', 'Peterhead', uk, 'ternpoint', 128, 'Hollin & Sons Seafood'),
  line('Grayling Labs', 'Laboratory', 'Cambridge', uk, 'grayling-labs', 62),
  line('Petrel Catering', 'Hospitality', 'Bristol', uk, 'petrelcatering', 190),
  line('Mistral Bakeries', 'Food', 'Lyon', 'France', 'mistral-bakeries', 420),
  line('Alder Street Clinics', 'Health', 'Leeds', uk, 'alderstreet', 230),
  line('Saffron Lane Kitchens', 'Hospitality', 'Leicester', uk, 'saffronlane', 75),
  line('Calder Hythe Port', 'Logistics', 'Calder Hythe', uk, 'calderhythe', 540),
  line('Osprey Freight', 'Logistics', 'Felixstowe', uk, 'ospreyfreight', 880),
  line('Pelham Cross Hospital', 'Health', 'Pelham Cross', uk, 'pelhamcross', 2400),
  line('Brackwater Dairy', 'Food', 'Truro', uk, 'brackwater', 96),
  line('Juniper Row Florists', 'Retail', 'Bath', uk, 'juniperrow', 38),
  line('Wexcombe Hospice', 'Health', 'Wexcombe', uk, 'wexcombe', 110, 'Pelham Cross Hospital'),
  line('Bellweather Foods', 'Food', 'Norwich', uk, 'bellweather', 650),
  line('Vireo Biologics', 'Pharma', 'Basel', 'Switzerland', 'vireobio', 340),
  line('Harrow Fen Growers', 'Agriculture', 'Ely', uk, 'harrowfen', 145),
  line('Corvane Pharma', 'Pharma', 'Dublin', 'Ireland', 'corvane', 1200),
  line('Stonebridge Meats', 'Food', 'Hereford', uk, 'stonebridge', 205),
  line('Lumley Diagnostics', 'Laboratory', 'Durham', uk, 'lumleydx', 88, 'Corvane Pharma'),
  line('Northmoor Orchards', 'Agriculture', 'Worcester', uk, 'northmoor', 57),
  line('Köhler Kühllogistik', 'Logistics', 'Hamburg', 'Germany', 'koehler-kuehllogistik', 760),
  line('مختبرات الواحة', 'Laboratory', 'دبي', 'United Arab Emirates', 'oasis-labs', 130),
];
