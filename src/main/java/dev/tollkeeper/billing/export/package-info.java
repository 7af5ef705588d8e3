/** What finance takes with it: a team's ledger, usage and bills as files. */
package dev.tollkeeper.billing.export;
