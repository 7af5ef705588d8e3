package dev.tollkeeper.billing;

import java.util.UUID;

/**
 * A team as billing sees it.
 *
 * @param currency the one currency that it is billed in
 */
public record BilledTeam(UUID id, String currency) {
}
