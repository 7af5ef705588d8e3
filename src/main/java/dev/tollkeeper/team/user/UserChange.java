package dev.tollkeeper.team.user;

import java.util.Optional;

import dev.tollkeeper.audit.Edits;
import dev.tollkeeper.caller.Role;

/**
 * What is wanted of a user; empty for what stays. What they have already is not a change.
 *
 * @param currentPassword proves to be the user themselves; null where not given
 * @param role the role in the team at hand
 */
record UserChange(Optional<String> name, Optional<String> email, Optional<String> password, String currentPassword,
        Optional<UserStatus> status, Optional<Role> role) {
    /** Whether this changes how the user signs in. */
    boolean changesSignIn(Subject subject) {
        return password.isPresent() || Edits.differs(subject.email(), email);
    }

    boolean changesStatus(Subject subject) {
        return Edits.differs(subject.status(), status);
    }

    /** Whether the user, who can sign in now, no longer can after this. */
    boolean disables(Subject subject) {
        return changesStatus(subject) && status.orElseThrow() == UserStatus.DISABLED;
    }

    @Override
    public String toString() {
        return "UserChange[…]";
    }
}
