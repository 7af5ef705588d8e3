package dev.tollkeeper.http;

import jakarta.inject.Singleton;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdkBuilder;
import io.opentelemetry.sdk.internal.ExceptionAttributeResolver;
import io.opentelemetry.sdk.trace.internal.SdkTracerProviderUtil;
import io.quarkus.opentelemetry.runtime.AutoConfiguredOpenTelemetrySdkBuilderCustomizer;

/** Takes keys out of the exceptions that traces keep: a message may repeat what could not be read of a request. */
@Singleton
public class TraceExceptions implements AutoConfiguredOpenTelemetrySdkBuilderCustomizer {
    @Override
    public void customize(AutoConfiguredOpenTelemetrySdkBuilder builder) {
        ExceptionAttributeResolver plain = ExceptionAttributeResolver.getDefault();
        builder.addTracerProviderCustomizer((provider, config) -> {
            SdkTracerProviderUtil.setExceptionAttributeResolver(provider,
                    (attributes, exception, longest) -> plain.setExceptionAttributes(redacted(attributes), exception, longest));
            return provider;
        });
    }

    private static ExceptionAttributeResolver.AttributeSetter redacted(ExceptionAttributeResolver.AttributeSetter attributes) {
        return new ExceptionAttributeResolver.AttributeSetter() {
            @Override
            @SuppressWarnings("unchecked")
            public <T> void setAttribute(AttributeKey<T> name, T value) {
                attributes.setAttribute(name, value instanceof String text ? (T) SecretText.redact(text) : value);
            }
        };
    }
}
