package dev.tollkeeper.caller;

import java.util.Locale;
import java.util.Optional;

/** What a user is in a team. */
public enum Role {
    /** Uses the team's projects and manages their own keys. */
    MEMBER,
    /** Manages the team. */
    ADMIN;

    /** Whether this role may do what the other may. */
    public boolean covers(Role other) {
        return compareTo(other) >= 0;
    }

    /** The role as the API writes it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role that the API writes so. */
    public static Optional<Role> of(String word) {
        for (Role role : values()) {
            if (role.word().equals(word)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
