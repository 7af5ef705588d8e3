package dev.tollkeeper.console;

import java.util.Set;
import java.util.regex.Pattern;

/** Which paths are the console's. Its own router tells one page from another, so that a new page needs nothing here. */
final class PagePath {
    /** Words and ids between single slashes. Whatever is written otherwise was not made by the console. */
    private static final Pattern SHAPE = Pattern.compile("/(?:(?<first>[a-z][a-z-]*)(?:/[A-Za-z0-9_-]+)*)?");
    private static final Set<String> TAKEN = Set.of("api", "q", "static", "console");
    private static final int LONGEST = 500;

    private PagePath() {
    }

    /**
     * Whether the console has this path, or would say itself that it has no such page.
     *
     * @param path as it came, so that no other way to write a path of the API passes for a page
     */
    static boolean isPage(String path) {
        if (path.length() > LONGEST) {
            return false;
        }
        var page = SHAPE.matcher(path);
        return page.matches() && (page.group("first") == null || !TAKEN.contains(page.group("first")));
    }
}
