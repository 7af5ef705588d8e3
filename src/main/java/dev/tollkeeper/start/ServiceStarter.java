package dev.tollkeeper.start;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkus.runtime.StartupEvent;

/** Tells a start of the service from that of a command. */
@Singleton
class ServiceStarter {
    private final Event<ServiceStart> starts;
    private final boolean isCommand;

    ServiceStarter(Event<ServiceStart> starts,
            @ConfigProperty(name = "tollkeeper.admin", defaultValue = "false") boolean isCommand) {
        this.starts = starts;
        this.isCommand = isCommand;
    }

    void onStart(@Observes StartupEvent event) {
        if (!isCommand) {
            starts.fire(new ServiceStart());
        }
    }
}
