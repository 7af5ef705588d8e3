package dev.tollkeeper.billing.usage;

/** What names an event within its team. */
record EventId(String source, String id) {
}
