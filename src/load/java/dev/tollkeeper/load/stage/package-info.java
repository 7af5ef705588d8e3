/**
 * What benchmark and load scenarios both stand on: a database with many keys, the packaged service on it, and how often which
 * key is used.
 */
package dev.tollkeeper.load.stage;
