package dev.tollkeeper.key;

import java.util.UUID;

import dev.tollkeeper.caller.Caller;
import dev.tollkeeper.caller.KeyCaller;
import dev.tollkeeper.caller.Role;
import dev.tollkeeper.project.ProjectRef;

/** Who works on the keys of which project. A member sees and edits their own keys only. */
record KeyActor(Caller caller, ProjectRef project) {
    UUID teamId() {
        return project.teamId();
    }

    UUID projectId() {
        return project.projectId();
    }

    /** The user whose keys are all that this caller sees; null for every key of the project. */
    UUID onlyMadeBy() {
        return project.role() == Role.MEMBER ? caller.userId() : null;
    }

    /** The id of the key or of the user that calls. */
    UUID callerId() {
        return caller.callerId();
    }

    /** Whether this is the key that makes the very call. */
    boolean isItself(UUID keyId) {
        return caller instanceof KeyCaller key && key.keyId().equals(keyId);
    }
}
