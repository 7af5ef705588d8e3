package dev.tollkeeper.team.token;

import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How users are known ({@code TOLLKEEPER_TOKENS_…}). */
@ConfigMapping(prefix = "tollkeeper.tokens")
interface TokenSettings {
    /** The issuer that tokens made here name. */
    @WithDefault("tollkeeper")
    String issuer();

    /** How long a token made here lives. */
    @WithDefault("1h")
    Duration lifetime();

    /** An outside identity provider whose tokens are taken too. */
    External external();

    /** An outside identity provider. Its users are found here by their address. */
    interface External {
        /** The {@code iss} of its tokens. Without it no outside token is taken. */
        Optional<String> issuer();

        /** Where its public keys are: a JWKS URL, or a file. */
        Optional<String> jwksUrl();

        /** The {@code aud} that its tokens for this service carry. */
        Optional<String> audience();
    }
}
