package dev.tollkeeper.team;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.hibernate.annotations.DynamicUpdate;

/** A team: owns projects, a balance and a currency. */
@Entity
@Table(name = "team")
@DynamicUpdate
class Team {
    @Id
    private UUID id;
    private String name;
    private String currency;
    @Convert(converter = TeamStatus.Column.class)
    private TeamStatus status;
    @Column(name = "billing_mode")
    @Convert(converter = BillingMode.Column.class)
    private BillingMode billingMode;
    @Column(name = "credit_limit")
    private BigDecimal creditLimit;
    @Column(name = "created_at", updatable = false)
    private Instant createdAt;
    @Column(name = "deleted_at")
    private Instant deletedAt;

    /** For Hibernate. */
    Team() {
    }

    Team(UUID id, String name, String currency, BillingMode billingMode, CreditLimit creditLimit, Instant createdAt) {
        this.id = id;
        this.name = name;
        this.currency = currency;
        this.status = TeamStatus.ACTIVE;
        this.billingMode = billingMode;
        this.creditLimit = creditLimit.amount();
        this.createdAt = createdAt;
    }

    UUID id() {
        return id;
    }

    String name() {
        return name;
    }

    void rename(String newName) {
        name = newName;
    }

    String currency() {
        return currency;
    }

    void billIn(String newCurrency) {
        currency = newCurrency;
    }

    TeamStatus status() {
        return status;
    }

    void become(TeamStatus newStatus) {
        status = newStatus;
    }

    BillingMode billingMode() {
        return billingMode;
    }

    void bill(BillingMode newMode) {
        billingMode = newMode;
    }

    CreditLimit creditLimit() {
        return new CreditLimit(creditLimit);
    }

    void limitCredit(CreditLimit newLimit) {
        creditLimit = newLimit.amount();
    }

    Instant createdAt() {
        return createdAt;
    }

    void delete(Instant now) {
        deletedAt = now;
    }
}
