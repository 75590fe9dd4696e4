/** The product's version, as health and the API's documentation tell it. */
export const version = '0.1.0';
