package dev.tollkeeper.http;

import java.util.List;

import jakarta.inject.Singleton;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;

/** Takes keys out of what a trace tells of a request: a client may have put one into its path, query or User-Agent. */
@Singleton
public class TraceRedaction implements SpanProcessor {
    private static final List<AttributeKey<String>> FROM_CLIENTS = List.of(AttributeKey.stringKey("url.path"),
            AttributeKey.stringKey("url.query"), AttributeKey.stringKey("url.full"),
            AttributeKey.stringKey("user_agent.original"));

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        for (AttributeKey<String> attribute : FROM_CLIENTS) {
            String value = span.getAttribute(attribute);
            if (value != null && SecretText.holdsSecret(value)) {
                span.setAttribute(attribute, SecretText.redact(value));
            }
        }
        if (SecretText.holdsSecret(span.getName())) {
            span.updateName(SecretText.redact(span.getName()));
        }
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        // What clients send stands in a span from its start.
    }

    @Override
    public boolean isEndRequired() {
        return false;
    }
}
