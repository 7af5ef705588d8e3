package dev.tollkeeper.testsupport;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Clients that call one after the other without a pause, and note what they were answered, and when. */
public final class Load implements AutoCloseable {
    /** Who waits longer than this takes the request for lost. */
    private static final Duration LOST = Duration.ofSeconds(30);
    private static final Pattern CODE = Pattern.compile("\"code\":\"(\\w+)\"");
    private static final int CLOSED = 0;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final ExecutorService clients;
    private volatile boolean going = true;

    /**
     * A request of one kind.
     *
     * @param what what it asks for, to tell the answers apart
     */
    public record Call(String what, HttpRequest.Builder request) {
    }

    /**
     * What came of a request.
     *
     * @param status 0 where none came
     * @param code the error's, or the verdict's; empty for neither
     */
    public record Answer(String what, int status, String code, Duration took, long atNanos) {
        /** Such as {@code 503 unavailable}. */
        public String told() {
            return (status + " " + code).strip();
        }
    }

    private Load(int clients) {
        this.clients = Executors.newFixedThreadPool(clients);
    }

    /** Begins, with a client for each of these, who takes the next call from there. */
    public static Load begin(List<Supplier<Call>> clients) {
        Load load = new Load(clients.size());
        clients.forEach(calls -> load.clients.execute(() -> load.send(calls)));
        return load;
    }

    private void send(Supplier<Call> calls) {
        while (going) {
            answers.add(send(calls.get()));
        }
    }

    /** Sends one. */
    private Answer send(Call call) {
        long before = System.nanoTime();
        String code = "";
        int status;
        try {
            HttpResponse<String> response = client.send(call.request().timeout(LOST).build(),
                    HttpResponse.BodyHandlers.ofString());
            status = response.statusCode();
            Matcher found = CODE.matcher(response.body());
            code = found.find() ? found.group(1) : "";
        } catch (HttpTimeoutException lost) {
            status = CLOSED;
            code = "lost";
        } catch (IOException closed) {
            status = CLOSED;
            code = closed.toString();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            status = CLOSED;
        }
        return new Answer(call.what(), status, code, Duration.ofNanos(System.nanoTime() - before), before);
    }

    /** A request to a service with a credential. */
    public static HttpRequest.Builder request(String url, String credential) {
        return HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + credential)
                .header("Content-Type", "application/json");
    }

    /** A request with a JSON body. */
    public static HttpRequest.Builder post(String url, String credential, String body) {
        return request(url, credential).POST(HttpRequest.BodyPublishers.ofString(body));
    }

    /** What was answered so far. */
    public List<Answer> answers() {
        return List.copyOf(answers);
    }

    /** Waits for what is under way, and answers everything. */
    public List<Answer> end() throws InterruptedException {
        going = false;
        clients.shutdown();
        if (!clients.awaitTermination(2 * LOST.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("clients still wait");
        }
        return answers();
    }

    @Override
    public void close() {
        going = false;
        clients.shutdownNow();
    }
}
