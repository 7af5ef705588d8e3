/**
 * How fast usage is taken in and booked, beside what the same PostgreSQL does with the same statements and nobody in between
 * but pgbench.
 */
package dev.tollkeeper.load.billing;
