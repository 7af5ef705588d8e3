package dev.tollkeeper.load.benchmark;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import dev.tollkeeper.key.KeyKind;
import dev.tollkeeper.key.KeySecret;

/** Keys that nobody has: half of them well-formed, which the database has to be asked about, half with a wrong checksum. */
final class Flood {
    private Flood() {
    }

    static List<String> keys(int count) {
        var random = new Random(99);
        return IntStream.range(0, count).mapToObj(i -> key(i, random)).toList();
    }

    private static String key(int i, Random random) {
        String wellFormed = KeySecret.generate(KeyKind.ORDINARY, random).reveal();
        return i % 2 == 0 ? wellFormed : wellFormed.substring(0, wellFormed.length() - 1) + (wellFormed.endsWith("0") ? '1' : '0');
    }
}
