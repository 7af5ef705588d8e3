package dev.tollkeeper.testsupport;

import jakarta.inject.Singleton;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;

/** Keeps every span of the tests, as an exporter would send it. */
@Singleton
public class SpanRecorder implements SpanProcessor {
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
        Evidence.append("traces.txt", span.toSpanData().toString());
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }
}
