/** Every reason for which a request is turned away. Source: project decision 0018. */
export const REFUSAL_REASONS = [
  'noToken',
  'malformedToken',
  'wrongAlgorithm',
  'unknownKey',
  'notEndorsed',
  'badSignature',
  'wrongClaims',
  'keysUnknown',
  'severalTokens',
  'tooManyBad',
  'badActivity',
  'wrongChannel',
  'wrongServiceUrl',
  'wrongTenant',
  'noPerson',
  'otherServiceUrl',
  'wrongBot',
  'notAMember',
  'tooMany',
  'replay',
  'tooLarge',
  'notJson',
] as const;

export type RefusalReason = (typeof REFUSAL_REASONS)[number];
