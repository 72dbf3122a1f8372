// A draft of each kind, for the tests of policy: each is held without a policy.

/** @type {Record<string, string | { text: string, setting: string }>} */
export const KINDS = {
  NAME: 'My patient Mrs. Alvarez went home.',
  LOCATION: 'My patient, SSN 536-22-1234, is in room 412.',
  DATE: 'My patient was admitted on March 3, 2026 with sepsis.',
  AGE_OVER_89: 'My 94-year-old patient fell and broke her hip.',
  PHONE: 'Call my patient at 405-555-0142 please.',
  FAX: "My patient's fax number is 405-555-0143.",
  EMAIL: 'Write to my patient at ana.lopez@mailbox.example please.',
  SSN: "My patient's SSN is 536-22-1234.",
  MRN: "My patient's MRN is 00482913.",
  HEALTH_PLAN_ID: "My patient's member ID is XYZ123456789.",
  ACCOUNT_NUMBER: "My patient's account number is 883920114.",
  LICENSE_NUMBER: "My patient's driver's license number is D1234567.",
  VEHICLE_ID: 'My patient drives a Honda with license plate 7ABC123.',
  DEVICE_ID: "My patient's pacemaker has serial number PJN4821930.",
  URL: "My patient's profile is https://facebook.com/ana.lopez.tulsa",
  IP_ADDRESS: 'My patient logged in from IP address 203.0.113.7.',
  BIOMETRIC: 'I saved the iris scan of my patient.',
  PHOTO: 'My patient, SSN 536-22-1234: let me post this photo of her face.',
  OTHER_ID: "My patient's study ID is AX-2231.",
  QUASI: 'My patient, a 45-year-old helicopter pilot, has asthma.',
  CARE_RELATIONSHIP: { text: 'Thank you for coming in, we are glad your knee is better!', setting: 'review_reply' },
  CREDENTIAL: 'The EHR password is Hunter2!x9',
  CLAIM: 'Vaccines cause autism.',
};

export const textOf = (kind) => (typeof KINDS[kind] === 'string' ? { text: KINDS[kind] } : KINDS[kind]);
export const SSN = /** @type {string} */ (KINDS.SSN);
/** A description that fits few people, without a place. */
export const GROUP = /** @type {string} */ (KINDS.QUASI);
/** A description that fits a few hundred people: nothing without a policy. */
export const LARGER = 'My patient, a 34-year-old teacher in Chicago, has diabetes.';
export const CLAIM = { text: 'Vaccines cause autism.', topic: 'vaccines', id: 'vaccines_autism' };
/** A claim that only this organization checks. */
export const OWN_CLAIM = {
  id: 'spring_water', statement: 'Spring water cures asthma.', correction: 'It does not.', level: 'warn',
  references: [{ title: 'Our guideline', url: 'https://intranet.example/guideline' }], says: ['spring water + cures | heals + asthma'],
};
