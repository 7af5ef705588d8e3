/** The start of the service, as something that others can wait for, and the order in which it ends. */
package dev.tollkeeper.start;
