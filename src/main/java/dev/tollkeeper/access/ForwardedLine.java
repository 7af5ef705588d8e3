package dev.tollkeeper.access;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the hops of one {@code Forwarded} line (RFC 7239 section 4).
 * <p>
 * What a client sent stands to the left of what the proxies added, in one line. A quote that the client left open would
 * turn the proxies' part inside out, so a line with any error is one hop that cannot be read.
 */
final class ForwardedLine {

    private static final String NO_ADDRESS = "";

    private static final String NAME = "(?<name>[A-Za-z0-9!#$%&'*+.^_`|~-]++)";
    private static final String QUOTED = "\"(?<quoted>(?:[^\"\\\\]|\\\\.)*+)\"";

    /** Any visible characters but separators: widespread proxies write {@code host=example.com:443} without quotes. */
    private static final String PLAIN = "(?<plain>[!-~&&[^\",;\\\\]]++)";

    /** One parameter, or none between two separators, and what ends it: nothing at the end of the line. */
    private static final Pattern PARAMETER = Pattern.compile(
            "[ \\t]*+(?:" + NAME + "=(?:" + QUOTED + "|" + PLAIN + "))?+[ \\t]*+(?<end>[;,]|\\z)");

    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

    private ForwardedLine() {
    }

    /** The {@code for} of each element, left to right; an empty string for an element without one. */
    static List<String> hops(String line) {
        var hops = new ArrayList<String>();
        var element = new HashMap<String, String>();
        var parameter = PARAMETER.matcher(line);
        while (parameter.lookingAt()) {
            if (isRepeated(parameter, element)) {
                break;
            }
            var end = parameter.group("end");
            if (!end.equals(";")) {
                hops.add(element.getOrDefault("for", NO_ADDRESS));
                element.clear();
            }
            if (end.isEmpty()) {
                return hops;
            }
            parameter.region(parameter.end(), line.length());
        }
        return List.of(NO_ADDRESS);
    }

    /** Takes the parameter into its element, where it may stand once only. */
    private static boolean isRepeated(Matcher parameter, HashMap<String, String> element) {
        var name = parameter.group("name");
        return name != null && element.put(name.toLowerCase(Locale.ROOT), value(parameter)) != null;
    }

    private static String value(Matcher parameter) {
        var quoted = parameter.group("quoted");
        return quoted == null ? parameter.group("plain") : ESCAPED.matcher(quoted).replaceAll("$1");
    }
}
