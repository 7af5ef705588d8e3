package dev.tollkeeper.database;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** Brings a caller back to its own Vert.x context, with what was done for several callers at once on another's. */
public final class CallersContext {
    private CallersContext() {
    }

    /** What a shared work comes to, told where the caller is now. */
    public static <T> Uni<T> resume(Supplier<CompletionStage<T>> shared) {
        Context context = Vertx.currentContext();
        Uni<T> item = Uni.createFrom().completionStage(shared);
        return context == null ? item : item.emitOn(MutinyHelper.executor(context));
    }
}
