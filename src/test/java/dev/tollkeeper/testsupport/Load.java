package dev.tollkeeper.testsupport;

import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** Clients that call one after the other, and note what they were answered, and when. */
public final class Load implements AutoCloseable {
    /** Who waits longer than this takes the request for lost. */
    private static final Duration LOST = Duration.ofSeconds(30);
    private static final Pattern CODE = Pattern.compile("\"code\":\"(\\w+)\"");
    private static final int NONE = 0;
    // As gateways ask; and the JDK before 24 loses requests when an HTTP/2 connection is closed in good order (JDK-8335181).
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final ExecutorService clients;
    private volatile boolean going = true;

    /** Sends one request, however that is done. */
    @FunctionalInterface
    public interface Request {
        /**
         * Sends it, and waits for the answer.
         *
         * @throws TimeoutException where none came in this time
         * @throws Exception where none can come any more
         */
        Told send(Duration limit) throws Exception;
    }

    /**
     * What the service said.
     *
     * @param status HTTP's, or what it is over gRPC
     * @param code the error's, or the verdict's; empty for neither
     */
    public record Told(int status, String code) {
        /** Such as {@code 503 unavailable}. */
        @Override
        public String toString() {
            return (status + " " + code).strip();
        }
    }

    /**
     * A request of one kind.
     *
     * @param what what it asks for, to tell the answers apart
     */
    public record Call(String what, Request request) {
    }

    /**
     * What came of a request.
     *
     * @param told such as {@code 503 unavailable}; begins with 0 where no answer came
     * @param atNanos when it was sent
     */
    public record Answer(String what, String told, Duration took, long atNanos) {
        /** When it was answered. */
        public long endNanos() {
            return atNanos + took.toNanos();
        }
    }

    private Load(int clients) {
        this.clients = Executors.newFixedThreadPool(clients);
    }

    /** Begins, with a client for each of these, who takes the next call from there. */
    public static Load begin(List<Supplier<Call>> clients) {
        return begin(clients, Duration.ZERO);
    }

    /** Begins with clients that wait for so long between an answer and the next call, so that the machine is not worked to its limit. */
    public static Load begin(List<Supplier<Call>> clients, Duration pause) {
        Load load = new Load(clients.size());
        clients.forEach(calls -> load.clients.execute(() -> load.send(calls, pause)));
        return load;
    }

    private void send(Supplier<Call> calls, Duration pause) {
        while (going) {
            answers.add(send(calls.get()));
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    /** Sends one; no answer is an answer, too, whatever kept it. */
    private static Answer send(Call call) {
        long before = System.nanoTime();
        Told told;
        try {
            told = call.request().send(LOST);
        } catch (TimeoutException lost) {
            told = new Told(NONE, "lost");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            told = new Told(NONE, "interrupted");
        } catch (Exception none) {
            told = new Told(NONE, none.toString());
        }
        return new Answer(call.what(), told.toString(), Duration.ofNanos(System.nanoTime() - before), before);
    }

    /** Asks over HTTP. */
    public static Request http(HttpRequest.Builder request) {
        return limit -> {
            try {
                HttpResponse<String> response = HTTP.send(request.timeout(limit).build(), BodyHandlers.ofString());
                return told(response.statusCode(), response.body());
            } catch (HttpTimeoutException lost) {
                throw (TimeoutException) new TimeoutException().initCause(lost);
            }
        };
    }

    static Told told(int status, String body) {
        Matcher found = CODE.matcher(body);
        return new Told(status, found.find() ? found.group(1) : "");
    }

    /** Asks over gRPC what Envoy asks of a request with this credential. */
    public static Request extAuthz(int port, String credential) {
        return limit -> {
            try {
                EnvoyVerdict verdict = Envoy.as(credential).ask(port, limit);
                return verdict.isAllowed()
                        ? new Told(HttpURLConnection.HTTP_OK, "")
                        : new Told(verdict.status(), verdict.code());
            } catch (StatusRuntimeException failed) {
                if (failed.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED) {
                    throw (TimeoutException) new TimeoutException().initCause(failed);
                }
                throw failed;
            }
        };
    }

    /** A request to a service with a credential. */
    public static HttpRequest.Builder get(String url, String credential) {
        return HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + credential)
                .header("Content-Type", "application/json");
    }

    /** A request with a JSON body. */
    public static HttpRequest.Builder post(String url, String credential, String body) {
        return get(url, credential).POST(HttpRequest.BodyPublishers.ofString(body));
    }

    /** Whether there was such an answer so far. */
    public boolean has(Predicate<Answer> such) {
        return answers.stream().anyMatch(such);
    }

    /** How many such answers there were so far, of each kind. */
    public Map<String, Long> count(Predicate<Answer> such) {
        return answers.stream().filter(such).collect(Collectors.groupingBy(Answer::what, Collectors.counting()));
    }

    /** What was told in such answers so far, by their kind. */
    public Map<String, Set<String>> told(Predicate<Answer> such) {
        return answers.stream().filter(such).collect(Collectors.groupingBy(Answer::what, TreeMap::new,
                Collectors.mapping(Answer::told, Collectors.toSet())));
    }

    /** Waits for what is under way, and answers everything. */
    public List<Answer> end() throws InterruptedException {
        going = false;
        clients.shutdown();
        if (!clients.awaitTermination(2 * LOST.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("clients still wait");
        }
        return List.copyOf(answers);
    }

    @Override
    public void close() {
        going = false;
        clients.shutdownNow();
    }
}
