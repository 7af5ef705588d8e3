/**
 * What becomes of clients when something fails: two Tollkeepers behind HAProxy under load, and one fault after the other. Run by
 * {@code mvn -Pbenchmark -Dbenchmark.of=fault.Faults -DskipTests verify}; it writes docs/operations/faults.md's tables.
 */
package dev.tollkeeper.load.fault;
