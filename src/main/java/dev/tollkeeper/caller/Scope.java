package dev.tollkeeper.caller;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a management key may call. A key that was given none has all of them. */
public enum Scope {
    /** List and read keys. */
    KEYS_READ(Role.MEMBER),
    /** Create, edit, rotate, revoke and delete keys. */
    KEYS_WRITE(Role.MEMBER),
    /** Ask for the verdict on a key. */
    KEYS_VERIFY(Role.MEMBER),
    /** Read the project's configuration and the registry. */
    SETTINGS_READ(Role.MEMBER),
    /** Change the project's configuration. */
    SETTINGS_WRITE(Role.MEMBER),
    /** Read usage, balances, bills and prices. */
    BILLING_READ(Role.MEMBER),
    /** Grant credit, where the operator allows it to keys. */
    BILLING_WRITE(Role.ADMIN),
    /** Report usage. */
    USAGE_WRITE(Role.ADMIN),
    /** Read users, teams, projects and the audit log. */
    USERS_READ(Role.MEMBER),
    /** Change users, teams and projects. */
    USERS_WRITE(Role.ADMIN);

    private final Role grantableBy;
    private final String word;

    Scope(Role grantableBy) {
        this.grantableBy = grantableBy;
        this.word = name().toLowerCase(Locale.ROOT).replace('_', ':');
    }

    /** The scope as the API writes it ({@code keys:read}). */
    public String word() {
        return word;
    }

    /** The scope that the API writes so. */
    public static Optional<Scope> of(String word) {
        return Arrays.stream(values()).filter(scope -> scope.word.equals(word)).findFirst();
    }

    /** Every scope that somebody with this role in a team has, and so may give to a key. */
    public static Set<Scope> grantableBy(Role role) {
        Set<Scope> scopes = EnumSet.allOf(Scope.class);
        scopes.removeIf(scope -> !role.covers(scope.grantableBy));
        return scopes;
    }
}
