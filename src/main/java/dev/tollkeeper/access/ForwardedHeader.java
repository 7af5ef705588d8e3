package dev.tollkeeper.access;

import java.util.List;
import java.util.stream.Stream;

/** The header in which the proxies say on whose behalf they call. Only one is read: a client could forge the other. */
public enum ForwardedHeader {

    /** {@code X-Forwarded-For}: addresses with commas between them, the client's own first. */
    X_FORWARDED_FOR("X-Forwarded-For") {
        @Override
        List<String> hops(String line) {
            return Stream.of(line.split(",", -1)).map(String::strip).toList();
        }
    },

    /** {@code Forwarded} of RFC 7239: the {@code for} parameter of each element. */
    FORWARDED("Forwarded") {
        @Override
        List<String> hops(String line) {
            return ForwardedLine.hops(line);
        }
    };

    private final String headerName;

    ForwardedHeader(String headerName) {
        this.headerName = headerName;
    }

    /** The name of the header's field. */
    public String headerName() {
        return headerName;
    }

    /** The hops of one header line as they are written, left to right; one that names no address is an empty string. */
    abstract List<String> hops(String line);
}
