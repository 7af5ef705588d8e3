/** The start of the service, as something that others can wait for. */
package dev.tollkeeper.start;
