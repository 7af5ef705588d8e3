/**
 * How Tollkeeper bears load that does not wait for its answers: Gatling sends what gateways and clients send, at a steady rate,
 * with a spike, and for long. Every verdict is checked; a wrong one fails the run as a lost answer does.
 */
package dev.tollkeeper.load.scenario;
