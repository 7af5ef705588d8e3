package dev.tollkeeper.billing.report;

/**
 * The usage of one group in one bucket.
 *
 * @param bucket the bucket's place in its list
 * @param group the group's id or word; null for usage that has none
 * @param label what people call the group, null where it has no name
 */
record GroupedUsage(int bucket, String group, String label, Usage usage) {
}
