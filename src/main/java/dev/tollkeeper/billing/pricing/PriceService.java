package dev.tollkeeper.billing.pricing;

import java.math.BigDecimal;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.audit.AuditEvent;
import dev.tollkeeper.audit.AuditTrail;
import dev.tollkeeper.caller.Caller;
import dev.tollkeeper.caller.KeyCaller;
import dev.tollkeeper.caller.UserCaller;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.database.Transactions;
import dev.tollkeeper.http.idempotency.Idempotency;
import dev.tollkeeper.http.idempotency.IdempotencyKey;
import dev.tollkeeper.http.paging.Page;
import dev.tollkeeper.http.paging.PageRequest;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.money.Decimals;
import dev.tollkeeper.registry.RegistryReferences;
import io.smallrye.mutiny.Uni;

/** Makes prices, and tells which there are. */
@Singleton
class PriceService {
    private final Transactions database;
    private final PriceRepository prices;
    private final Idempotency idempotency;
    private final RegistryReferences registry;
    private final AuditTrail audit;
    private final Clock clock;

    PriceService(Transactions database, PriceRepository prices, Idempotency idempotency,
            RegistryReferences registry, AuditTrail audit, Clock clock) {
        this.database = database;
        this.prices = prices;
        this.idempotency = idempotency;
        this.registry = registry;
        this.audit = audit;
        this.clock = clock;
    }

    /** Makes a price, once for one {@code Idempotency-Key}. */
    Uni<CreatedPrice> create(Caller operator, String idempotencyKey, NewPrice price) {
        operator.requireOperator();
        var once = new IdempotencyKey(idempotencyKey, AuditEvent.INSTALLATION, operator.userId(), "POST /api/prices", price);
        return database.run(sql -> idempotency.once(sql, once, CreatedPrice.class, () -> create(sql, price)));
    }

    private Uni<CreatedPrice> create(Sql sql, NewPrice price) {
        CreatedPrice created = price.createdAt(clock.instant());
        return requireTeam(sql, price.teamId())
                .chain(() -> registry.holdModels(sql, price.model() == null ? List.of() : List.of(price.model())))
                .chain(() -> prices.insert(sql, created.price()))
                .chain(() -> audit.append(sql, audited(created)))
                .replaceWith(created);
    }

    private Uni<Void> requireTeam(Sql sql, UUID teamId) {
        if (teamId == null) {
            return Uni.createFrom().voidItem();
        }
        return prices.teamExists(sql, teamId).invoke(exists -> {
            if (!exists) {
                throw DomainError.invalidField("team_id", "is not the id of a team");
            }
        }).replaceWithVoid();
    }

    private static AuditEvent audited(CreatedPrice created) {
        NewPrice price = created.terms();
        Map<String, Object> changes = new HashMap<>();
        changes.put("meter", price.meter());
        changes.put("model", price.model());
        changes.put("team_id", price.teamId());
        changes.putAll(terms(price.tariff()));
        changes.put("currency", price.currency());
        changes.put("effective_from", price.effectiveFrom());
        UUID team = price.teamId() == null ? AuditEvent.INSTALLATION : price.teamId();
        return new AuditEvent(team, "price.created", "price", created.id().toString(), changes);
    }

    private static Map<String, Object> terms(TariffTerms tariff) {
        Map<String, Object> terms = new HashMap<>();
        terms.put("type", tariff.type());
        terms.put("unit_price", text(tariff.unitPrice()));
        if (tariff.packageSize() != null) {
            terms.put("package", Map.of("size", text(tariff.packageSize()), "price", text(tariff.packagePrice())));
        }
        if (tariff.tiers() != null) {
            terms.put("tiers", tariff.tiers().stream().map(PriceService::terms).toList());
        }
        return terms;
    }

    private static Map<String, Object> terms(Tier tier) {
        Map<String, Object> terms = new HashMap<>();
        terms.put("up_to", text(tier.upTo()));
        terms.put("unit_price", text(tier.unitPrice()));
        return terms;
    }

    private static String text(BigDecimal value) {
        return value == null ? null : Decimals.quantity(value);
    }

    /** The prices that the caller may see: general ones and their teams' own; the operator sees all. */
    Uni<Page<Price>> list(Caller caller, PageRequest page) {
        return prices.list(database.single(), visibleTo(caller), page).map(found -> Page.of(found, page, Price::id));
    }

    private static Collection<UUID> visibleTo(Caller caller) {
        if (caller instanceof KeyCaller key) {
            return List.of(key.teamId());
        }
        return caller.isOperator() ? null : ((UserCaller) caller).teams().keySet();
    }
}
