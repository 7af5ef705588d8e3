package dev.tollkeeper.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;

/** Notes which call answered with which status and code, for {@code EveryAnswerIT}. */
final class AnswerRecorder implements Filter {
    private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public Response filter(FilterableRequestSpecification request, FilterableResponseSpecification expected,
            FilterContext context) {
        Response response = context.next(request, expected);
        String type = response.getContentType();
        boolean isTold = type != null && type.startsWith("application/problem+json") && !"HEAD".equals(request.getMethod());
        String code = isTold ? code(response) : "-";
        String line = request.getMethod() + ' ' + URI.create(request.getURI()).getRawPath() + ' ' + response.statusCode() + ' '
                + code;
        // One line for all the ids of one kind of path keeps the file small.
        if (SEEN.add(line.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "id"))) {
            Evidence.append("answers.txt", line);
        }
        return response;
    }

    /** Not by way of {@code response.path}, which compiles a Groovy script each time. */
    private static String code(Response response) {
        try {
            return JSON.readTree(response.asByteArray()).path("code").asText();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
