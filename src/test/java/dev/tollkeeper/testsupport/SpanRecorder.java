package dev.tollkeeper.testsupport;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import jakarta.inject.Singleton;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;

/** Keeps every span of the tests, as an exporter would send it. */
@Singleton
public class SpanRecorder implements SpanProcessor {
    private static final Map<String, Queue<SpanData>> WATCHED = new ConcurrentHashMap<>();

    /** Keeps the spans of a trace from now on, for {@link #of}. */
    public static void watch(String traceId) {
        WATCHED.put(traceId, new ConcurrentLinkedQueue<>());
    }

    /** Those that ended so far of a trace that is watched. */
    public static List<SpanData> of(String traceId) {
        return List.copyOf(WATCHED.get(traceId));
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        // Kept when it ends.
    }

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        SpanData sent = span.toSpanData();
        Queue<SpanData> watched = WATCHED.get(sent.getTraceId());
        if (watched != null) {
            watched.add(sent);
        }
        List<Object> events = new ArrayList<>();
        // An event's own text also has the exception that it was made of, which nobody sends.
        sent.getEvents().forEach(event -> events.add(List.of(event.getName(), event.getAttributes())));
        Evidence.append("traces.txt", List.of(sent.getName(), sent.getKind(), sent.getAttributes(), sent.getStatus(), events,
                sent.getLinks(), sent.getResource()).toString());
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }
}
