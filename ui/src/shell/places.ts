/** Countries and currencies offered as defaults: where shops of our owners deliver most, not every one there is. */
export const COUNTRIES = [
  "FR", "BE", "CH", "LU", "CA", "DE", "ES", "IT", "PT", "NL", "GB", "IE", "AT", "PL", "US", "AU",
  "CD", "CG", "CI", "SN", "CM", "GA", "ML", "BJ", "TG", "MA", "DZ", "TN", "MG", "RE", "GP", "MQ",
];

export const CURRENCIES = ["EUR", "USD", "GBP", "CHF", "CAD", "AUD", "MAD", "XOF", "XAF"];
