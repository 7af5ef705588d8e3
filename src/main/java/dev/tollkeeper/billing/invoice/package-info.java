/** What a month costs a team: as it stands while the month is open, and for good once it is closed. */
package dev.tollkeeper.billing.invoice;
