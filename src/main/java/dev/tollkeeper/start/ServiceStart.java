package dev.tollkeeper.start;

/**
 * The service begins, and will serve requests. An observer may take its time, and may refuse the start by failing. Where the same program runs
 * a command of the operator's, there is no such event: a command is no replica.
 */
public record ServiceStart() {
}
