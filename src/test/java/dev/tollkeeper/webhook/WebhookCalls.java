package dev.tollkeeper.webhook;

import static dev.tollkeeper.testsupport.Api.as;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.tollkeeper.testsupport.TestTeam;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;

/** The calls that tests of webhooks make again and again. */
public final class WebhookCalls {
    static final String WEBHOOKS = "/api/webhooks";

    private WebhookCalls() {
    }

    /** A webhook that was made, and its secret. */
    public record Made(String id, String secret) {
    }

    /** Makes a webhook of a team. */
    public static Made make(TestTeam team, String url, WebhookType... types) {
        ExtractableResponse<Response> created = as(team.managementKey()).body(body(url, types)).post(WEBHOOKS).then()
                .statusCode(201).extract();
        return new Made(created.path("id"), created.path("secret"));
    }

    static Map<String, Object> body(String url, WebhookType... types) {
        Map<String, Object> body = new HashMap<>();
        body.put("url", url);
        body.put("types", List.of(types).stream().map(WebhookType::word).toList());
        return body;
    }

    /** A webhook's deliveries, newest first. */
    public static List<Map<String, Object>> deliveries(TestTeam team, Made webhook) {
        return as(team.managementKey()).get(WEBHOOKS + "/" + webhook.id() + "/deliveries").then().statusCode(200).extract()
                .path("deliveries");
    }
}
