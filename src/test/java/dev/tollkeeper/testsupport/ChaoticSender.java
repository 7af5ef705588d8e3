package dev.tollkeeper.testsupport;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Reports usage as unreliable senders do: every event one to three times, in any order, in requests of any size, many at once. */
public final class ChaoticSender {
    private ChaoticSender() {
    }

    /** Sends events so; answers how many were accepted. */
    public static int send(Random random, String credential, List<Map<String, Object>> events, int mostInARequest) {
        List<Map<String, Object>> copies = new ArrayList<>();
        events.forEach(event -> copies.addAll(Collections.nCopies(1 + random.nextInt(3), event)));
        Collections.shuffle(copies, random);
        List<List<Map<String, Object>>> requests = new ArrayList<>();
        for (int start = 0; start < copies.size();) {
            int end = Math.min(copies.size(), start + 1 + random.nextInt(mostInARequest));
            requests.add(copies.subList(start, end));
            start = end;
        }
        return AtOnce.run(requests.size(), i -> Json.of(Usage.send(credential, requests.get(i)).statusCode(200))
                .path("accepted").asInt()).stream().mapToInt(Integer::intValue).sum();
    }
}
