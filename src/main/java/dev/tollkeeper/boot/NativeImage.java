package dev.tollkeeper.boot;

import io.quarkus.runtime.annotations.RegisterResourceBundle;
import io.quarkus.runtime.annotations.RegisterResources;

/** What a native binary reads that Quarkus cannot know of: the embedded PostgreSQL, and what the library of addresses says of a bad one. */
@RegisterResources(globs = {"postgres-linux-*.txz", "psw4j.properties"})
@RegisterResourceBundle(bundleName = "inet.ipaddr.IPAddressResources")
final class NativeImage {
    private NativeImage() {
    }
}
