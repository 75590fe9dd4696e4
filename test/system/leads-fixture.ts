/** Somebody who asked, as the API takes a lead. */
export const helle = (more: object = {}) => ({
  name: 'Helle Brandvold',
  companyName: 'Brandvold Seafood',
  email: 'helle@brandvold.example',
  phone: '+47 555 01 274',
  ...more,
});
