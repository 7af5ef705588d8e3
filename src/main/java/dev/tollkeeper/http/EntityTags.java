package dev.tollkeeper.http;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The entity tags that a request's {@code If-Match} or {@code If-None-Match} lists (RFC 9110 §13.1). A header that cannot
 * be read lists none.
 *
 * @param any whether it is {@code *}: whatever there is
 * @param tags what it lists
 */
public record EntityTags(boolean any, List<Tag> tags) {
    private static final Pattern ELEMENT = Pattern
            .compile("[ \\t]*(?:(W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*\"))?[ \\t]*(,|\\z)");
    private static final EntityTags NONE = new EntityTags(false, List.of());

    /**
     * One entity tag.
     *
     * @param weak whether it is marked as weak
     * @param text the tag with its quotes
     */
    public record Tag(boolean weak, String text) {
    }

    /**
     * Reads a header.
     *
     * @param lines its lines, empty or null where the request has none
     * @return null where the request has no such header
     */
    public static EntityTags parse(List<String> lines) {
        if (lines == null || lines.isEmpty()) {
            return null;
        }
        String list = String.join(",", lines);
        return "*".equals(list.strip()) ? new EntityTags(true, List.of()) : list(list);
    }

    private static EntityTags list(String list) {
        List<Tag> tags = new ArrayList<>();
        Matcher element = ELEMENT.matcher(list);
        int at = 0;
        while (at < list.length()) {
            if (!element.region(at, list.length()).lookingAt()) {
                return NONE;
            }
            if (element.group(2) != null) {
                tags.add(new Tag(element.group(1) != null, element.group(2)));
            }
            at = element.end();
        }
        return new EntityTags(false, List.copyOf(tags));
    }

    /** Whether the thing that has this strong tag now is the one meant: for {@code If-Match}. A weak tag means nothing here. */
    public boolean match(String current) {
        return any || tags.contains(new Tag(false, current));
    }

    /** Whether the caller has what this strong tag names: for {@code If-None-Match}. */
    public boolean matchWeakly(String current) {
        return any || tags.stream().anyMatch(tag -> tag.text().equals(current));
    }
}
