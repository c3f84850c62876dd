import type { LocalDate } from './fields.ts';

/** The bank holidays of one division of the United Kingdom, up to and including the end of `through`. */
export interface BankHolidays {
  readonly division: string;
  readonly source: string;
  /** The day on which the list was compared with its source; not known of a list that an agency gives. */
  readonly checkedOn?: LocalDate;
  /** The last day for which the list is known to be complete. */
  readonly through: LocalDate;
  readonly dates: readonly LocalDate[];
}

/** Source: GOV.UK, "UK bank holidays", England and Wales. */
export const ENGLAND_AND_WALES: BankHolidays = {
  division: 'england-and-wales',
  source: 'GOV.UK, UK bank holidays, division England and Wales',
  checkedOn: '2026-11-24',
  through: '2028-12-31',
  dates: [
    ...['2025-01-01', '2025-04-18', '2025-04-21', '2025-05-05', '2025-05-26', '2025-08-25', '2025-12-25', '2025-12-26'],
    ...['2026-01-01', '2026-04-03', '2026-04-06', '2026-05-04', '2026-05-25', '2026-08-31', '2026-12-25', '2026-12-28'],
    ...['2027-01-01', '2027-03-26', '2027-03-29', '2027-05-03', '2027-05-31', '2027-08-30', '2027-12-27', '2027-12-28'],
    ...['2028-01-03', '2028-04-14', '2028-04-17', '2028-05-01', '2028-05-29', '2028-08-28', '2028-12-25', '2028-12-26'],
  ],
};
