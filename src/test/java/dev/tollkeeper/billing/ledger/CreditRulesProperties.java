package dev.tollkeeper.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Function;

import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.Cases;
import dev.tollkeeper.testsupport.RandomDecimals;

/** Invariant 7, as arithmetic. */
class CreditRulesProperties {
    /** Seen to fail with expiry before priority, with never-expiring first, and with the newest first. */
    @Test
    void creditBurnsByPriorityThenEarliestExpiryThenAge() {
        Cases.forAll(5000, random -> {
            List<CreditGrant> grants = grants(random);
            BigDecimal cost = RandomDecimals.notNegative(random, 3, 9);
            assertThat(left(grants, CreditRules.burn(grants, cost))).isEqualTo(oracle(grants, cost));
        });
    }

    /** Seen to fail with {@code remainingOf} answering the amount, and with what was taken back left out of {@code consumed}. */
    @Test
    void whatIsLeftOfAllGrantsIsTheBalanceOrNothing() {
        Cases.forAll(2000, random -> {
            BigDecimal balance = BigDecimal.ZERO;
            BigDecimal used = BigDecimal.ZERO;
            List<CreditGrant> grants = new ArrayList<>();
            for (int step = 0; step < 20; step++) {
                BigDecimal amount = RandomDecimals.notNegative(random, 3, 9).add(BigDecimal.ONE);
                int what = random.nextInt(5);
                if (what < 2) {
                    grants.add(grant(random, step, amount, CreditRules.remainingOf(amount, balance)));
                    balance = balance.add(amount);
                } else if (what == 2 && !grants.isEmpty()) {
                    CreditGrant taken = grants.get(random.nextInt(grants.size()));
                    balance = balance.subtract(taken.remaining());
                    grants = replace(grants, List.of(taken.takenBack()));
                } else {
                    used = used.add(amount);
                    balance = balance.subtract(amount);
                    grants = replace(grants, CreditRules.burn(grants, amount));
                }
                assertThat(sum(grants, CreditGrant::remaining)).isEqualByComparingTo(balance.max(BigDecimal.ZERO));
                assertThat(sum(grants, CreditGrant::consumed)).as("what was used, less what is owed")
                        .isEqualByComparingTo(used.add(balance.min(BigDecimal.ZERO)));
                assertThat(grants)
                        .allSatisfy(grant -> assertThat(grant.remaining()).isBetween(BigDecimal.ZERO, grant.amount()));
            }
        });
    }

    private static BigDecimal sum(List<CreditGrant> grants, Function<CreditGrant, BigDecimal> part) {
        return grants.stream().map(part).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Looks for the next grant to burn again and again, by the words of the rule. */
    private static Map<UUID, BigDecimal> oracle(List<CreditGrant> grants, BigDecimal cost) {
        Map<UUID, BigDecimal> left = left(grants, List.of());
        List<CreditGrant> waiting = new ArrayList<>(grants);
        BigDecimal due = cost;
        while (due.signum() > 0 && !waiting.isEmpty()) {
            CreditGrant next = waiting.get(0);
            for (CreditGrant other : waiting) {
                next = burnsBefore(other, next) ? other : next;
            }
            waiting.remove(next);
            BigDecimal burnt = due.compareTo(next.remaining()) < 0 ? due : next.remaining();
            left.put(next.id(), next.remaining().subtract(burnt).stripTrailingZeros());
            due = due.subtract(burnt);
        }
        return left;
    }

    private static boolean burnsBefore(CreditGrant one, CreditGrant other) {
        if (one.priority() != other.priority()) {
            return one.priority() < other.priority();
        }
        long oneEnd = one.expiresAt() == null ? Long.MAX_VALUE : one.expiresAt().toEpochMilli();
        long otherEnd = other.expiresAt() == null ? Long.MAX_VALUE : other.expiresAt().toEpochMilli();
        return oneEnd != otherEnd ? oneEnd < otherEnd : one.createdAt().isBefore(other.createdAt());
    }

    private static Map<UUID, BigDecimal> left(List<CreditGrant> grants, List<CreditGrant> changed) {
        Map<UUID, BigDecimal> left = new HashMap<>();
        replace(grants, changed).forEach(grant -> left.put(grant.id(), grant.remaining().stripTrailingZeros()));
        return left;
    }

    private static List<CreditGrant> replace(List<CreditGrant> grants, List<CreditGrant> changed) {
        Map<UUID, CreditGrant> byId = new java.util.LinkedHashMap<>();
        grants.forEach(grant -> byId.put(grant.id(), grant));
        changed.forEach(grant -> byId.put(grant.id(), grant));
        return new ArrayList<>(byId.values());
    }

    private static List<CreditGrant> grants(SplittableRandom random) {
        List<CreditGrant> grants = new ArrayList<>();
        for (int index = random.nextInt(8); index > 0; index--) {
            BigDecimal amount = RandomDecimals.notNegative(random, 2, 9).add(BigDecimal.ONE);
            grants.add(grant(random, index, amount, amount));
        }
        return grants;
    }

    private static CreditGrant grant(SplittableRandom random, int age, BigDecimal amount, BigDecimal remaining) {
        Instant expiresAt = random.nextInt(3) == 0 ? null : Instant.ofEpochSecond(1000 + random.nextInt(3));
        return new CreditGrant(new UUID(0, random.nextLong()), amount, remaining, BigDecimal.ZERO, BigDecimal.ZERO, "EUR", "",
                expiresAt,
                random.nextInt(3), Instant.ofEpochSecond(age));
    }
}
