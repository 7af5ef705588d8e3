package dev.tollkeeper.access.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;

import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.ExtAuthz;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.type.v3.StatusCode;

/**
 * {@code docs/guides/envoy/envoy.yaml} against Envoy's own definitions: there is no Envoy to run it with. Catches unknown
 * fields, wrong types, and a part that lets requests pass unasked.
 */
class EnvoyConfigurationTest {
    private static final Path GUIDE = Path.of("docs", "guides", "envoy", "envoy.yaml");
    private static final TypeRegistry TYPES = TypeRegistry.newBuilder().add(List.of(HttpConnectionManager.getDescriptor(),
            ExtAuthz.getDescriptor(), Router.getDescriptor(), HeaderMutation.getDescriptor(),
            HttpProtocolOptions.getDescriptor()))
            .build();

    private Bootstrap configuration;
    private HttpConnectionManager connections;

    @BeforeEach
    void read() throws IOException {
        configuration = parse(Files.readString(GUIDE));
        connections = configuration.getStaticResources().getListeners(0).getFilterChains(0).getFilters(0).getTypedConfig()
                .unpack(HttpConnectionManager.class);
    }

    private static Bootstrap parse(String yaml) throws IOException {
        Object tree = new ObjectMapper(new YAMLFactory()).readValue(yaml, Object.class);
        var bootstrap = Bootstrap.newBuilder();
        JsonFormat.parser().usingTypeRegistry(TYPES).merge(new ObjectMapper().writeValueAsString(tree), bootstrap);
        return bootstrap.build();
    }

    @Test
    void everyRequestIsAskedAboutBeforeItIsRouted() throws IOException {
        assertThat(connections.getHttpFiltersList()).extracting("name")
                .containsExactly("envoy.filters.http.ext_authz", "envoy.filters.http.router");
        var asked = connections.getHttpFilters(0).getTypedConfig().unpack(ExtAuthz.class);
        assertThat(asked.getGrpcService().getEnvoyGrpc().getClusterName()).isEqualTo("tollkeeper");
        assertThat(asked.getGrpcService().getTimeout().getSeconds()).isEqualTo(5);
        assertThat(asked.getFailureModeAllow()).isFalse();
        assertThat(asked.getStatusOnError().getCode()).isEqualTo(StatusCode.ServiceUnavailable);
        assertThat(asked.hasWithRequestBody()).isFalse();
        assertThat(connections.getRouteConfig().getVirtualHostsList()).allSatisfy(host -> assertThat(host.getRoutesList())
                .allSatisfy(route -> assertThat(route.getTypedPerFilterConfigMap()).isEmpty()));
    }

    @Test
    void nothingIsBelievedOfWhatAClientSaysOfItself() throws IOException {
        assertThat(connections.getUseRemoteAddress().getValue()).isTrue();
        var removed = connections.getEarlyHeaderMutationExtensions(0).getTypedConfig().unpack(HeaderMutation.class)
                .getMutationsList();
        assertThat(removed).extracting("remove").containsExactlyInAnyOrder("x-forwarded-for", "forwarded",
                "x-tollkeeper-key-id",
                "x-tollkeeper-key-name", "x-tollkeeper-team-id", "x-tollkeeper-project-id", "x-tollkeeper-user-id",
                "x-tollkeeper-scopes");
    }

    @Test
    void tollkeeperIsSpokenToByHttp2OverConnectionsThatAreKept() throws IOException {
        Cluster tollkeeper = configuration.getStaticResources().getClustersList().stream()
                .filter(cluster -> cluster.getName().equals("tollkeeper")).findFirst().orElseThrow();
        var options = tollkeeper
                .getTypedExtensionProtocolOptionsOrThrow("envoy.extensions.upstreams.http.v3.HttpProtocolOptions")
                .unpack(HttpProtocolOptions.class);
        assertThat(options.getExplicitHttpConfig().hasHttp2ProtocolOptions()).isTrue();
        assertThat(options.getCommonHttpProtocolOptions().getIdleTimeout().getSeconds()).isEqualTo(30);
        assertThat(Duration.ofSeconds(tollkeeper.getConnectTimeout().getSeconds())).isEqualTo(Duration.ofSeconds(1));
    }

    /** The check itself. */
    @Test
    void aFieldThatEnvoyDoesNotKnowIsFound() throws IOException {
        // Given
        String wrong = Files.readString(GUIDE).replace("failure_mode_allow:", "failure_mode_allowed:");
        // Then
        assertThatThrownBy(() -> parse(wrong)).isInstanceOf(InvalidProtocolBufferException.class)
                .hasMessageContaining("failure_mode_allowed");
    }
}
