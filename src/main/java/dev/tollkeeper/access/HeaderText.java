package dev.tollkeeper.access;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Free text as a header's value: visible ASCII stays, everything else is percent-encoded UTF-8 (RFC 3986 §2.1). */
final class HeaderText {
    private HeaderText() {
    }

    static String of(String text) {
        StringBuilder header = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            boolean plain = point > ' ' && point < 0x7f && point != '%';
            String character = Character.toString(point);
            header.append(plain ? character : URLEncoder.encode(character, StandardCharsets.UTF_8).replace("+", "%20"));
        });
        return header.toString();
    }
}
