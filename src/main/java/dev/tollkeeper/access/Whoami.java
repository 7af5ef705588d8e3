package dev.tollkeeper.access;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.tollkeeper.caller.KeyCaller;

/** Who calls. */
@Schema(name = "Whoami")
record Whoami(@Schema(enumeration = {
        "api_key", "user"}) String type, UUID teamId, UUID projectId, User user, Key key){
    /** The user: of a key, the one who made it. */
    @Schema(name = "WhoamiUser")
    record User(UUID id, String email, @Schema(enumeration = {
            "admin", "member", "operator"}) String role){
    }

    /** The key, null for a user. */
    @Schema(name = "WhoamiKey")
    record Key(UUID id, String name, boolean isManagementKey, List<String> scopes, Instant expiresAt) {
    }

    /** A key that calls. */
    static Whoami of(KeyCaller key) {
        List<String> scopes = key.scopeWords().stream().sorted().toList();
        return new Whoami("api_key", key.teamId(), key.projectId(), new User(key.userId(), key.email(), key.role().word()),
                new Key(key.keyId(), key.keyName(), key.managementKey(), scopes, key.expiresAt()));
    }
}
