/**
 * How fast a verification is, side by side with what the network stack alone can do: one run starts a bare Vert.x server
 * and Tollkeeper, lets wrk ask the one and the other in turn, and prints a table of ratios.
 */
package dev.tollkeeper.load.benchmark;
