package dev.tollkeeper.billing.history;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asOperator;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.Json;
import dev.tollkeeper.testsupport.PriceTerms;
import dev.tollkeeper.testsupport.RandomDecimals;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.Usage;
import io.restassured.response.ValidatableResponse;

/** One team's random history: what is done is done over HTTP and in the model, and has to be answered as the model says. */
final class TeamHistory {
    private static final String RESERVATIONS = "/api/usage/reservations";
    private static final BigDecimal SMALLEST = new BigDecimal("0.000000001");
    private static final String[] MODELS = {null, "a", "b"};
    /** Shorter than the day for which the service remembers a key. */
    private static final Duration REMEMBERED = Duration.ofHours(23);

    private final long seed;
    private final SplittableRandom random;
    private final List<String> meters;
    private final List<String> done = new ArrayList<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final List<ModelEvent> sent = new ArrayList<>();
    private final List<ModelEvent> refused = new ArrayList<>();
    private final List<UUID> keys;
    final TestTeam team = TestTeam.create();
    final TeamModel model;
    private Instant now;
    private Command last;

    /** A command that was done, and may be sent again. */
    private record Command(Instant at, ModelCall call, ModelCall other, int status, String answer) {
    }

    /** @param prices those that every team is charged at */
    TeamHistory(long seed, List<String> meters, List<ModelPrice> prices) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.meters = meters;
        this.keys = List.of(team.ordinaryKey().id(), team.ordinaryKey().id());
        boolean isPrepaid = random.nextBoolean();
        if (isPrepaid) {
            Database.update("UPDATE team SET billing_mode = 'prepaid' WHERE id = ?", team.id());
        }
        this.model = new TeamModel(isPrepaid, Set.copyOf(keys), prices);
    }

    /** How often something was done, by what it was and what came of it. */
    Map<String, Integer> counts() {
        return counts;
    }

    /** Does the next thing. */
    void step(Instant time) {
        now = time;
        try {
            model.passTo(now);
            act();
            if (random.nextInt(3) == 0) {
                look();
            }
        } catch (AssertionError | RuntimeException failed) {
            throw new AssertionError("history of the seed " + seed + " after " + done + ": " + failed.getMessage(), failed);
        }
    }

    private void act() {
        switch (random.nextInt(20)) {
            case 0, 1, 2 -> grant();
            case 3, 4, 5 -> reserve();
            case 6, 7, 8, 9 -> end();
            case 10, 11, 12 -> again();
            case 13 -> price();
            default -> report();
        }
    }

    private void note(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    private void report() {
        List<ModelEvent> events = new ArrayList<>();
        for (int left = random.nextInt(4) == 0 ? 200 : 1 + random.nextInt(30); left > 0; left--) {
            events.add(event());
        }
        Collections.shuffle(events, new Random(random.nextLong()));
        done.add(events.size() + " events");

        JsonNode answer = Json.of(Usage.send(team.managementKey(), events.stream().map(event -> event.json(random)).toList())
                .statusCode(200));

        List<String> told = new ArrayList<>();
        answer.path("results").forEach(result -> told.add(verdict(result)));
        assertThat(told).isEqualTo(model.record(events, now));
        told.forEach(each -> note("event " + each));
    }

    private static String verdict(JsonNode result) {
        String status = result.path("status").asText();
        return result.hasNonNull("code") ? status + ' ' + result.path("code").asText() : status;
    }

    /** Most are new. Others were sent before, are changed under their id, are wrong in some way, or were wrong and are put right. */
    private ModelEvent event() {
        int kind = random.nextInt(12);
        if (kind < 2 && !sent.isEmpty()) {
            return sent.get(random.nextInt(sent.size()));
        }
        if (kind == 2 && !sent.isEmpty()) {
            ModelEvent before = sent.get(random.nextInt(sent.size()));
            return before.of(before.quantity().add(SMALLEST));
        }
        if (kind == 3) {
            ModelEvent wrong = wrong(fresh());
            refused.add(wrong);
            return wrong;
        }
        ModelEvent good = fresh();
        if (kind == 4 && !refused.isEmpty()) {
            ModelEvent before = refused.remove(random.nextInt(refused.size()));
            good = new ModelEvent(before.source(), before.id(), good.at(), good.key(), before.meter(), good.quantity(),
                    before.model());
        }
        sent.add(good);
        return good;
    }

    private ModelEvent fresh() {
        Duration ago = random.nextBoolean()
                ? Duration.ofMillis(random.nextInt(7_200_000) - 240_000)
                : Duration.ofMinutes(random.nextInt(34 * 24 * 60));
        return new ModelEvent("source " + random.nextInt(2),
                "e" + (sent.size() + refused.size()) + '-' + random.nextInt(1 << 20),
                now.minus(ago), keys.get(random.nextInt(2)), meters.get(random.nextInt(meters.size())),
                RandomDecimals.notNegative(random, 3, 9), MODELS[random.nextInt(MODELS.length)]);
    }

    private ModelEvent wrong(ModelEvent event) {
        return switch (random.nextInt(4)) {
            case 0 -> event.of(SMALLEST.negate());
            case 1 -> at(event, now.minus(Duration.ofDays(36)));
            case 2 -> at(event, now.plus(Duration.ofHours(2)));
            default -> new ModelEvent(event.source(), event.id(), event.at(), UUID.randomUUID(), event.meter(),
                    event.quantity(), event.model());
        };
    }

    private static ModelEvent at(ModelEvent event, Instant at) {
        return new ModelEvent(event.source(), event.id(), at, event.key(), event.meter(), event.quantity(), event.model());
    }

    private void grant() {
        String path = "/api/team-billing/" + team.id() + "/credits";
        BigDecimal amount = amount(6);
        int priority = random.nextInt(3);
        Instant expiresAt = random.nextInt(3) == 0 ? null : now.plus(Duration.ofMinutes(30 + 60 * random.nextInt(200)));
        Map<String, Object> body = new HashMap<>(Map.of("amount", amount.toPlainString(), "priority", priority));
        if (expiresAt != null) {
            body.put("expires_at", expiresAt.toString());
        }
        ModelCall call = ModelCall.asOperator(path, body);
        done.add("credit " + amount);

        failFirst(call.with("amount", "0"));
        JsonNode answer = Json.of(carryOut(call, call.with("priority", 3), 201));

        UUID id = UUID.fromString(answer.path("id").asText());
        model.grant(id, amount, priority, expiresAt);
        assertThat(new BigDecimal(answer.path("remaining").asText())).isEqualByComparingTo(model.grants().get(id).remaining);
    }

    private void reserve() {
        BigDecimal amount = amount(4);
        int hours = random.nextInt(12, 23);
        ModelCall call = ModelCall.post(team, RESERVATIONS, Map.of("key_id", keys.get(0).toString(), "amount",
                amount.toPlainString(), "expires_in_seconds", hours * 3600 + 1800));
        done.add("reserve " + amount);

        failFirst(call.with("key_id", UUID.randomUUID().toString()));
        if (model.mayReserve(amount, now)) {
            JsonNode answer = Json.of(carryOut(call, call.with("amount", "1"), 201));
            model.reserve(UUID.fromString(answer.path("id").asText()), amount, now.plusSeconds(hours * 3600L + 1800));
        } else {
            refuse(call, 402, "insufficient_balance");
        }
    }

    private void end() {
        List<UUID> all = model.reservations();
        List<UUID> open = all.stream().filter(each -> model.isOpen(each, now)).toList();
        boolean takesAny = random.nextInt(4) == 0;
        List<UUID> some = takesAny ? all : open;
        if (some.isEmpty()) {
            reserve();
            return;
        }
        UUID id = some.get(random.nextInt(some.size()));
        boolean settles = random.nextInt(3) > 0;
        BigDecimal used = settles ? RandomDecimals.notNegative(random, 4, 9).min(model.amountOf(id)) : BigDecimal.ZERO;
        String path = RESERVATIONS + '/' + id;
        ModelCall call = settles
                ? ModelCall.post(team, path + "/settle", Map.of("amount", used.toPlainString()))
                : ModelCall.delete(team, path);
        done.add(settles ? "settle " + used : "release");

        if (!model.isOpen(id, now)) {
            refuse(call, 409, "state_conflict");
            return;
        }
        if (settles) {
            failFirst(call.with("amount", model.amountOf(id).add(SMALLEST).toPlainString()));
        }
        carryOut(call, settles ? call.with("amount", used.add(SMALLEST).toPlainString()) : null, 200);
        model.end(id, used, now);
    }

    /** Sends the last command again, and another one under its key. */
    private void again() {
        if (last == null || !now.isBefore(last.at().plus(REMEMBERED))) {
            grant();
            return;
        }
        done.add("again");
        assertThat(last.call().send().statusCode(last.status()).extract().asString()).isEqualTo(last.answer());
        note("again");
        if (last.other() != null) {
            refuse(last.other(), 422, "idempotency_conflict");
        }
    }

    private void price() {
        Instant from = now.minus(Duration.ofSeconds(random.nextInt(-5, 40) * 86_400L + random.nextInt(86_400)));
        done.add("price");
        model.add(ModelPrice.make(meters.get(random.nextInt(meters.size())), MODELS[random.nextInt(MODELS.length)], team.id(),
                PriceTerms.random(random), from));
        note("price");
    }

    private void look() {
        JsonNode balance = Json.of(as(team.managementKey()).get("/api/manage/users/balance").then().statusCode(200));
        BigDecimal held = model.held(now);
        assertThat(List.of(balance.path("posted").asText(), balance.path("pending").asText(),
                balance.path("available").asText(), balance.path("current_balance").decimalValue().toPlainString()).stream()
                .map(BigDecimal::new).map(TeamModel::text).toList())
                .isEqualTo(List.of(model.balance(), held, model.balance().subtract(held), model.balance()).stream()
                        .map(TeamModel::text).toList());
    }

    private BigDecimal amount(int integerDigits) {
        return RandomDecimals.notNegative(random, integerDigits, 9).add(SMALLEST);
    }

    /** Now and then a command fails before it is done: that uses its key not up. */
    private void failFirst(ModelCall wrong) {
        if (random.nextInt(3) == 0) {
            int status = wrong.send().extract().statusCode();
            assertThat(status).isIn(400, 404);
            note("failed");
        }
    }

    private ValidatableResponse carryOut(ModelCall call, ModelCall other, int status) {
        ValidatableResponse response = call.send().statusCode(status);
        last = new Command(now, call, other, status, response.extract().asString());
        note(call.what());
        return response;
    }

    private void refuse(ModelCall call, int status, String code) {
        assertThat(Json.of(call.send().statusCode(status)).path("code").asText()).isEqualTo(code);
        note(code);
    }
}
