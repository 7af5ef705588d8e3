package dev.tollkeeper.team.token;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A user's address and password. */
@Schema(name = "SignIn")
public record SignInBody(@NotNull @Size(min = 1, max = 254) String email,
        @NotNull @Size(min = 1, max = 1000) String password) {
    @Override
    public String toString() {
        return "SignInBody[" + email + "]";
    }
}
