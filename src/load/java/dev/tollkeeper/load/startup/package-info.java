/**
 * How soon the service answers after it was started, and how much memory it has when nobody asks: the usual jar beside one with an
 * AOT cache, and the training that makes that cache. Needs JDK 25.
 */
package dev.tollkeeper.load.startup;
