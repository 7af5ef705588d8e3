package dev.tollkeeper.testsupport;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;

/** Notes every secret that a test sends or is given. */
final class SecretRecorder implements Filter {
    private static final Pattern SECRET = Pattern
            .compile("\\btkm?_[0-9A-Za-z]{49}\\b|\\bwhsec_[0-9A-Za-z+/]{43}=|\\beyJ[\\w-]+\\.[\\w-]+\\.[\\w-]{40,}");
    private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

    @Override
    public Response filter(FilterableRequestSpecification request, FilterableResponseSpecification expected,
            FilterContext context) {
        Response response = context.next(request, expected);
        note(request.getHeaders().toString());
        if (response.getContentType() != null && response.getContentType().contains("json")) {
            note(response.asString());
        }
        return response;
    }

    static void note(String text) {
        Matcher secrets = SECRET.matcher(text);
        while (secrets.find()) {
            if (SEEN.add(secrets.group())) {
                Evidence.append("secrets.txt", secrets.group());
            }
        }
    }
}
