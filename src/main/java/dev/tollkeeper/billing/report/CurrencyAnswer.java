package dev.tollkeeper.billing.report;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.tollkeeper.money.CurrencyInfo;

/**
 * A currency as answers tell it.
 *
 * @param code ISO 4217
 */
@Schema(name = "Currency")
record CurrencyAnswer(String code, String symbol) {
    static CurrencyAnswer of(CurrencyInfo currency) {
        return new CurrencyAnswer(currency.code(), currency.symbol());
    }
}
