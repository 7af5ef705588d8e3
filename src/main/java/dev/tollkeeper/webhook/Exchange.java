package dev.tollkeeper.webhook;

import java.net.ConnectException;
import java.net.UnknownHostException;

import javax.net.ssl.SSLException;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;

/**
 * One request and its answer, of which only the status and {@code Retry-After} are of interest. A body is read, so that the
 * receiver can finish, up to a limit. However it ends, the connection ends with it.
 */
final class Exchange {
    private static final int MOST_BODY_BYTES = 16 * 1024;
    private static final int LONGEST_HEADER = 100;

    private final Promise<Reply> outcome = Promise.promise();
    private volatile Reply answered;

    Future<Reply> outcome() {
        return outcome.future();
    }

    /** Sends the request, unless all is over already. */
    Future<Void> send(HttpClientRequest request, Buffer body) {
        outcome.future().onComplete(over -> request.reset());
        return outcome.future().isComplete() ? Future.succeededFuture() : request.send(body).map(this::read);
    }

    private Void read(HttpClientResponse response) {
        String retryAfter = response.getHeader("Retry-After");
        answered = Reply.answered(response.statusCode(),
                retryAfter == null || retryAfter.length() > LONGEST_HEADER ? null : retryAfter);
        int[] bytes = {0};
        response.handler(chunk -> {
            bytes[0] += chunk.length();
            if (bytes[0] > MOST_BODY_BYTES) {
                outcome.tryComplete(answered);
            }
        });
        response.exceptionHandler(cut -> outcome.tryComplete(answered));
        response.endHandler(end -> outcome.tryComplete(answered));
        return null;
    }

    /** Ends it; an answer that has begun is one. */
    void timeUp() {
        outcome.tryComplete(answered != null ? answered : Reply.none("No answer came within the time limit."));
    }

    void fail(Throwable failure) {
        outcome.tryComplete(Reply.none(sentence(failure)));
    }

    private static String sentence(Throwable failure) {
        if (failure instanceof Destinations.RefusedException refused) {
            return refused.getMessage();
        }
        if (failure instanceof UnknownHostException) {
            return "The host's name was not found.";
        }
        if (failure instanceof SSLException) {
            return "No TLS connection could be made. Is the certificate valid for the host's name?";
        }
        return failure instanceof ConnectException
                ? "No connection could be made."
                : "The connection was closed before an answer came.";
    }
}
