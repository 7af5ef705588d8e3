package dev.tollkeeper.access;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import dev.tollkeeper.http.AnswersTogether;
import dev.tollkeeper.http.RequestId;
import dev.tollkeeper.http.problem.DomainError;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerOptions;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpcio.server.GrpcIoServer;

/**
 * Envoy's external authorization: the one gRPC method of this service, as a route of the HTTP port (ADR 6). Every call
 * that can be read is answered with a verdict, also when it is that nobody can tell: Envoy lets an error pass where
 * somebody set {@code failure_mode_allow}, but never a denial.
 * <p>
 * It stands before every filter, which other requests need and this one does not.
 */
@Singleton
class ExtAuthzRoute {
    private static final Logger LOG = Logger.getLogger(ExtAuthzRoute.class);
    /** Envoy takes at most 60 KiB of headers unless told otherwise. */
    private static final int MOST_BYTES = 256 * 1024;
    private static final String GRPC = "application/grpc";
    private static final String ENCODING = "grpc-encoding";
    private static final String UNCOMPRESSED = "identity";

    private final ExtAuthz authorization;
    private final GrpcIoServer server;

    ExtAuthzRoute(ExtAuthz authorization, Vertx vertx) {
        this.authorization = authorization;
        this.server = GrpcIoServer.server(vertx, new GrpcServerOptions().setMaxMessageSize(MOST_BYTES));
    }

    void register(@Observes Router router) {
        server.callHandler(AuthorizationGrpc.getCheckMethod(), this::take);
        router.post('/' + AuthorizationGrpc.getCheckMethod().getFullMethodName()).order(Integer.MIN_VALUE).handler(this::route);
    }

    private void route(RoutingContext request) {
        if (!isGrpc(request)) {
            request.next();
            return;
        }
        // Compressed messages are not unpacked: nobody sends them, and what comes out would have no limit.
        request.request().headers().set(ENCODING, UNCOMPRESSED);
        AnswersTogether.on(request.request().connection());
        server.handle(request.request());
    }

    private static boolean isGrpc(RoutingContext request) {
        String type = request.request().getHeader("content-type");
        return request.request().version() == HttpVersion.HTTP_2 && type != null
                && (type.equals(GRPC) || type.startsWith(GRPC + '+') || type.startsWith(GRPC + ';'));
    }

    private void take(GrpcServerRequest<CheckRequest, CheckResponse> call) {
        SocketAddress peer = call.connection().remoteAddress();
        var answer = new Answer(call);
        call.errorHandler(reset -> answer.nobodyWaits());
        call.exceptionHandler(closed -> answer.nobodyWaits());
        call.invalidMessageHandler(invalid -> refuseUnread(answer));
        call.handler(message -> judge(message, peer == null ? null : peer.hostAddress(), answer));
        call.endHandler(nothingMore -> refuseUnread(answer));
    }

    private static void refuseUnread(Answer answer) {
        if (answer.begin()) {
            answer.give(ExtAuthzAnswer.refused(
                    DomainError.invalidRequest("The request cannot be read. Send fewer or shorter headers."), null,
                    RequestId.next()));
        }
    }

    private void judge(CheckRequest message, String peer, Answer answer) {
        if (answer.begin()) {
            Uni.createFrom().deferred(() -> authorization.check(message, peer)).subscribe().with(answer::give, failed -> {
                LOG.error("Envoy's question was not answered", failed);
                answer.give(ExtAuthzAnswer.refused(DomainError.internal(), null, RequestId.next()));
            });
        }
    }

    /** The one answer that a call is given, whatever else comes in it. */
    private static final class Answer {
        private final GrpcServerRequest<CheckRequest, CheckResponse> call;
        private boolean begun;
        private boolean unwanted;

        Answer(GrpcServerRequest<CheckRequest, CheckResponse> call) {
            this.call = call;
        }

        /** Whether nobody answers yet. */
        boolean begin() {
            boolean first = !begun;
            begun = true;
            return first;
        }

        /** Vert.x would end the whole connection, with every other call on it, over an answer to a call that was given up. */
        void nobodyWaits() {
            unwanted = true;
        }

        void give(CheckResponse response) {
            if (unwanted) {
                LOG.debug("Envoy did not wait for the answer");
                return;
            }
            call.response().status(GrpcStatus.OK).end(response)
                    .onFailure(gone -> LOG.debugf("Envoy did not wait for the answer: %s", gone.toString()));
        }
    }
}
