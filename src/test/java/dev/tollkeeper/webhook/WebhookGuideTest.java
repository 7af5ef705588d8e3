package dev.tollkeeper.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.Test;

/** The worked example of docs/guides/webhooks.md, computed anew: as the guide says it, and as the service does it. */
class WebhookGuideTest {
    private final String guide;

    WebhookGuideTest() throws IOException {
        guide = Files.readString(Path.of("docs/guides/webhooks.md"));
    }

    @Test
    void theExamplesSignatureIsWhatTheGuideAndTheServiceMakeOfIt() throws GeneralSecurityException {
        // Given
        byte[] key = Base64.getDecoder().decode(found("(?m)^whsec_(\\S+)$"));
        String id = found("(?m)^webhook-id: (\\S+)$");
        String timestamp = found("(?m)^webhook-timestamp: (\\d+)$");
        String body = found("(?m)^(\\{\"type\":\"key.created\".*})$");
        String shown = found("(?m)^webhook-signature: (\\S+)$");
        // When
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        byte[] computed = mac.doFinal((id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
        String signed = new SigningSecret(key).sign(UUID.fromString(id), Long.parseLong(timestamp), body);
        // Then
        assertThat(shown).isEqualTo("v1," + Base64.getEncoder().encodeToString(computed)).isEqualTo(signed);
    }

    @Test
    void theGuideNamesEveryTypeAndWhenItIsTriedAgain() {
        assertThat(guide).contains(WebhookType.choices().stream().map(type -> "`" + type.word() + "`").toList());
        assertThat(guide).contains("After " + (RetrySchedule.WAITS.size() + 1) + " attempts");
    }

    private String found(String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(guide);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }
}
