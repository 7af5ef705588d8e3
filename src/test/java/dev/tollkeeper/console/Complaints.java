package dev.tollkeeper.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;

/** What a browser has against a page: errors, a broken policy, requests that go elsewhere. */
final class Complaints {
    private static final Pattern STATUS = Pattern
            .compile("Failed to load resource: the server responded with a status of (\\d+)");
    /** Asked by every page that is opened by whoever is not signed in. */
    private static final String WHO = "/api/auth/whoami";

    private final String home;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Set<String> expected = new HashSet<>();

    Complaints(Page page, String home) {
        this.home = home;
        page.addInitScript("addEventListener('securitypolicyviolation', event => console.error('policy', "
                + "event.violatedDirective, event.blockedURI, event.sample))");
        page.onConsoleMessage(this::hear);
        page.onPageError(heard::add);
        page.onRequest(this::hear);
    }

    /** The test provokes answers with this status, or {@code net::} errors, which browsers log as errors. */
    void expect(String what) {
        expected.add(what);
    }

    private void hear(ConsoleMessage message) {
        if (!"error".equals(message.type()) && !"warning".equals(message.type())) {
            return;
        }
        Matcher status = STATUS.matcher(message.text());
        boolean known = status.find()
                ? expected.contains(status.group(1)) || status.group(1).equals("401") && message.location().contains(WHO)
                : expected.stream().anyMatch(message.text()::contains);
        if (!known) {
            heard.add(message.text() + " (" + message.location() + ")");
        }
    }

    private void hear(Request request) {
        String url = request.url();
        if (!url.startsWith(home) && !url.startsWith("data:")) {
            heard.add("a request to " + url);
        }
    }

    boolean hasHeard(String what) {
        return heard.stream().anyMatch(complaint -> complaint.contains(what));
    }

    /** What was heard so far was asked for. */
    void forget() {
        heard.clear();
    }

    void assertNone() {
        assertThat(heard).as("what the browser complained of").isEmpty();
    }
}
