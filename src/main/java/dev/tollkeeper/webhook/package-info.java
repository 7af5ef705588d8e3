/**
 * Tells teams what happened, after the Standard Webhooks specification.
 * <ul>
 * <li>An event is written in the transaction of the change that it tells of: so neither is there without the other. Writing it
 * waits for nobody.</li>
 * <li>An event reaches a webhook at least once, always under the same {@code webhook-id}. Two replicas never send one delivery at
 * the same time; one that was lost with its replica is sent again when its lease is over.</li>
 * <li>Nothing is sent to an address that is not public, unless the operator allows it; the address that was checked is the one
 * that is connected to. Redirects are not followed.</li>
 * <li>A signing secret is shown once. It is stored sealed under a pepper, so that the database alone signs nothing.</li>
 * <li>A team has at most {@link dev.tollkeeper.webhook.WebhookService#MOST} webhooks, under any concurrency.</li>
 * <li>Other features call {@link dev.tollkeeper.webhook.Outbox}; nothing here depends on them.</li>
 * </ul>
 */
package dev.tollkeeper.webhook;
