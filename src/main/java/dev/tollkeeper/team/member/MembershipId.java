package dev.tollkeeper.team.member;

import java.io.Serializable;
import java.util.UUID;

/** The key of a {@link Membership}: led by the team, like every key here. */
public record MembershipId(UUID teamId, UUID userId) implements Serializable {
}
