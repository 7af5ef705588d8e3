package dev.tollkeeper.http;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.eclipse.microprofile.openapi.models.tags.Tag;

import dev.tollkeeper.http.problem.ErrorCode;
import dev.tollkeeper.http.problem.Problem;
import io.quarkus.smallrye.openapi.OpenApiFilter;

/** What the API description says of every call: who may call, and how errors look. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ApiDescription implements OASFilter {
    private static final Set<String> PUBLIC = Set.of("/api/auth/token", "/.well-known/jwks.json");
    private static final String BEARER = "bearer";
    private static final String API_KEY = "api_key";

    @Override
    public void filterOpenAPI(OpenAPI api) {
        api.setInfo(OASFactory.createInfo().title("Tollkeeper").version("1")
                .description("Keys, checks, usage and bills of a paid API. Errors are RFC 9457 problems with a stable `code`.")
                .license(OASFactory.createLicense().name("Apache-2.0").identifier("Apache-2.0")));
        api.setServers(List.of(OASFactory.createServer().url("/").description("This installation")));
        if (api.getComponents() == null) {
            api.setComponents(OASFactory.createComponents());
        }
        api.getComponents().addSecurityScheme(BEARER, OASFactory.createSecurityScheme().type(SecurityScheme.Type.HTTP)
                .scheme("bearer").description("An API key, or a user token from POST /api/auth/token"));
        api.getComponents().addSecurityScheme(API_KEY, OASFactory.createSecurityScheme().type(SecurityScheme.Type.APIKEY)
                .in(SecurityScheme.In.HEADER).name("X-API-Key").description("An API key"));
        api.setSecurity(List.of(OASFactory.createSecurityRequirement().addScheme(BEARER),
                OASFactory.createSecurityRequirement().addScheme(API_KEY)));
        api.setTags(tags());
        api.getComponents().addResponse("Problem", problem());
        codes(api);
        api.getPaths().addPathItem("/api/auth/forward", forwardAuth());
        api.getPaths().getPathItems().forEach((path, item) -> item.getOperations().values()
                .forEach(operation -> complete(path, operation)));
    }

    /** Served below JAX-RS, where no scanner sees it. */
    private static PathItem forwardAuth() {
        return OASFactory.createPathItem().GET(OASFactory.createOperation().operationId("forwardAuth")
                .addTag("Verification").summary("Judge a request by its own credential")
                .description(
                        "Answers 200 with an empty body and the key's identity in `X-Tollkeeper-*` headers, or the error that "
                                + "the end client gets. Any method.")
                .responses(OASFactory.createAPIResponses().addAPIResponse("200",
                        OASFactory.createAPIResponse().description("The request may pass"))));
    }

    private static void complete(String path, Operation operation) {
        // Where a call says nothing, what is said for all of them holds.
        operation.setSecurity(PUBLIC.contains(path) ? List.of() : null);
        // Added by the scanner without a body; ours says how they look.
        List.of("400", "401", "403").forEach(status -> operation.getResponses().removeAPIResponse(status));
        operation.getResponses().addAPIResponse("4XX", reference());
        operation.getResponses().addAPIResponse("5XX", reference());
    }

    private static List<Tag> tags() {
        return List.of(
                tag("Identity", "Who calls: user tokens and what a credential stands for."),
                tag("Keys", "API keys: issue, edit, rotate, revoke."),
                tag("Verification", "Whether a presented key may be used, for gateways and services."),
                tag("Settings", "A project's configuration."),
                tag("Registry", "The providers and models that configurations name."),
                tag("Users", "The people in teams."),
                tag("Teams", "Teams and their members."),
                tag("Projects", "A team's projects, which own keys and one configuration."),
                tag("Usage", "What was used."),
                tag("Billing", "What it costs: prices, credit, the ledger, bills."),
                tag("Audit", "Who did what."),
                tag("Webhooks", "Messages to a team's own service when something happens."));
    }

    private static Tag tag(String name, String description) {
        return OASFactory.createTag().name(name).description(description);
    }

    private static APIResponse reference() {
        return OASFactory.createAPIResponse().ref("#/components/responses/Problem");
    }

    private static APIResponse problem() {
        return OASFactory.createAPIResponse().description("A problem; `code` says which").content(OASFactory.createContent()
                .addMediaType(Problem.MEDIA_TYPE, OASFactory.createMediaType()
                        .schema(OASFactory.createSchema().ref("#/components/schemas/Problem"))));
    }

    private static void codes(OpenAPI api) {
        Schema problem = api.getComponents().getSchemas() == null ? null : api.getComponents().getSchemas().get("Problem");
        if (problem != null) {
            problem.getProperties().get("code")
                    .setEnumeration(List.copyOf(Arrays.stream(ErrorCode.values()).map(ErrorCode::word).toList()));
        }
    }
}
