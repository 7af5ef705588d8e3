package dev.tollkeeper.billing.usage;

import java.util.List;

import dev.tollkeeper.project.ProjectRef;

/**
 * The events of one request that can be read.
 *
 * @param project the request's, in which keys' names are looked for
 * @param events at least one
 */
record Submission(ProjectRef project, List<UsageEvent> events) {
}
