package dev.tollkeeper.caller;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A call made with a user token.
 *
 * @param userId the user
 * @param email the user's address
 * @param isOperator whether the user runs the installation; an operator may act as an admin of every team
 * @param teams the teams that the user is in, and as what
 */
public record UserCaller(UUID userId, String email, boolean isOperator, Map<UUID, Role> teams) implements Caller {
    @Override
    public UUID callerId() {
        return userId;
    }

    @Override
    public String getName() {
        return userId.toString();
    }

    @Override
    public Optional<Role> roleIn(UUID teamId) {
        return isOperator ? Optional.of(Role.ADMIN) : Optional.ofNullable(teams.get(teamId));
    }

    @Override
    public Optional<UUID> onlyTeam() {
        return teams.size() == 1 ? teams.keySet().stream().findFirst() : Optional.empty();
    }

    @Override
    public Set<Scope> scopesIn(UUID teamId) {
        return roleIn(teamId).map(Scope::grantableBy).orElse(Set.of());
    }
}
